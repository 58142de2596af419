/// The .h5 of 10x Genomics, new and old.
#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/counts/counts_file.hpp"

using namespace cellmnn;

namespace {

/// Three cells, of which the first has 5 of the second feature and the last 7 and 9 of both.
void with_counts(H5adFixture& fixture, const std::string& group, int features = 2) {
  fixture.fixed_texts(group + "/barcodes", {"AA-1", "CC-1", "GG-1"}, 6);
  fixture.numbers<int>(group + "/data", {5, 7, 9});
  fixture.numbers<long>(group + "/indices", {1, 0, 1});
  fixture.numbers<long>(group + "/indptr", {0, 1, 1, 3});
  fixture.numbers<int>(group + "/shape", {features, 3});
}

CountsFile read(H5adFixture& fixture) {
  CountsOptions options;
  options.quiet = true;
  const std::string path = fixture.path() + ".h5";
  std::filesystem::copy(fixture.finish(), path);
  CountsFile file = read_counts(path, options);
  std::filesystem::remove(path);
  return file;
}

}  // namespace

TEST_CASE("a matrix of version 3, genes only", "[counts]") {
  H5adFixture fixture;
  with_counts(fixture, "matrix");
  fixture.fixed_texts("matrix/features/id", {"E1", "E2"}, 4);
  fixture.fixed_texts("matrix/features/name", {"Jun", "Fos"}, 4);
  SECTION("all are genes") {
    fixture.fixed_texts("matrix/features/feature_type", {"Gene Expression", "Gene Expression"}, 15);
    const CountsFile file = read(fixture);
    CHECK(file.cells == std::vector<std::string>{"AA-1", "CC-1", "GG-1"});
    CHECK(file.genes == std::vector<std::string>{"Jun", "Fos"});
    CHECK(file.var[0].second.labels == std::vector<std::string>{"E1", "E2"});
    CHECK(file.values.starts == std::vector<Index>{0, 1, 1, 3});
    CHECK(file.values.values == std::vector<float>{5, 7, 9});
  }
  SECTION("one is none") {
    fixture.fixed_texts("matrix/features/feature_type", {"Antibody Capture", "Gene Expression"}, 16);
    const CountsFile file = read(fixture);
    CHECK(file.genes == std::vector<std::string>{"Fos"});
    CHECK(file.values.values == std::vector<float>{5, 9});
    CHECK(file.warnings.size() == 1);
  }
}

TEST_CASE("a matrix of version 2, under the name of the genome", "[counts]") {
  H5adFixture fixture;
  with_counts(fixture, "GRCh38");
  fixture.fixed_texts("GRCh38/genes", {"E1", "E2"}, 4);
  fixture.fixed_texts("GRCh38/gene_names", {"Jun", "Fos"}, 4);
  CHECK(read(fixture).genes == std::vector<std::string>{"Jun", "Fos"});
}

TEST_CASE("an .h5 that is no matrix of 10x, or does not fit its names", "[counts]") {
  H5adFixture fixture;
  SECTION("another one") {
    fixture.numbers<int>("data/x", {1, 2});
    CHECK_THROWS_MATCHES(read(fixture), Error,
                         error_with(ErrorCode::bad_input, {"no matrix of 10x", "'data'"}));
  }
  SECTION("of other features") {
    with_counts(fixture, "matrix", 3);
    fixture.fixed_texts("matrix/features/id", {"E1", "E2"}, 4);
    fixture.fixed_texts("matrix/features/name", {"Jun", "Fos"}, 4);
    CHECK_THROWS_MATCHES(read(fixture), Error,
                         error_with(ErrorCode::bad_input, {"2 features and 3 barcodes"}));
  }
}
