/// Loadings of .h5ad files: the gene space.
#include <cmath>

#include "catch.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/h5ad/reading.hpp"

using namespace cellmnn;

TEST_CASE("loadings give the gene space", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day().with_genes();
  fixture.numbers<double>("varm/PCs", {1, 2, 3, 0, 0, 0}, {2, 3});

  SECTION("with the mean that is stored") {
    fixture.numbers<double>("uns/pca_mean", {0.25, 0.5});
    const GeneSpace space = read_data(fixture.finish(), {}).data.gene_space;
    CHECK(space.genes == std::vector<std::string>{"g0", "g1"});
    CHECK(space.loadings == Matrix<float>{{1, 2, 3}, {0, 0, 0}});
    CHECK(space.mean == Vector<float>{{0.25F, 0.5F}});
  }
  SECTION("without a stored mean of other genes") {
    fixture.numbers<double>("uns/pca_mean", {0.25, 0.5, 0.75});
    CHECK(read_data(fixture.finish(), {}).data.gene_space.mean.size() == 0);
  }
  SECTION("of the dimensions that are read, without a mean if there is none") {
    DataOptions options;
    options.dims = 2;
    const GeneSpace space = read_data(fixture.finish(), options).data.gene_space;
    CHECK(space.loadings == Matrix<float>{{1, 2}, {0, 0}});
    CHECK(space.mean.size() == 0);
  }
  SECTION("not those of another embedding") {
    fixture.numbers<float>("obsm/X_umap", {1, 2, 3, 4, 5, 6, 7, 8}, {4, 2});
    DataOptions options;
    options.embedding_key = "X_umap";
    CHECK(read_data(fixture.finish(), options).data.gene_space.empty());
  }
}

TEST_CASE("loadings that do not fit", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day().with_genes();
  SECTION("too few columns are left out with a warning") {
    fixture.numbers<float>("varm/PCs", {1, 2}, {2, 1});
    const DataFile file = read_data(fixture.finish(), {});
    CHECK(file.data.gene_space.empty());
    REQUIRE(file.warnings.size() == 1);
    CHECK_THAT(file.warnings[0], Catch::Matchers::ContainsSubstring("varm['PCs']") &&
                                     Catch::Matchers::ContainsSubstring("only 1 columns"));
  }
  SECTION("other genes") {
    fixture.numbers<float>("varm/PCs", {1, 2, 3, 4, 5, 6, 7, 8, 9}, {3, 3});
    refuses(fixture.finish(), {}, {"varm/PCs", "3 rows", "expected 2"});
  }
  SECTION("not finite, as of genes that are not variable in old files: taken as 0") {
    fixture.numbers<float>("varm/PCs", {NAN, NAN, NAN, 4, 5, 6}, {2, 3});
    const DataFile file = read_data(fixture.finish(), {});
    CHECK(file.data.gene_space.loadings == Matrix<float>{{0, 0, 0}, {4, 5, 6}});
    REQUIRE(file.warnings.size() == 1);
    CHECK_THAT(file.warnings[0], Catch::Matchers::ContainsSubstring("no numbers for 1 of 2 genes"));
  }
}
