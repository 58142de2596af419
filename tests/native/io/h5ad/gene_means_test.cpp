/// Which expression of a file its components were computed from.
#include <cmath>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/time_courses/data_file.hpp"

using namespace cellmnn;

namespace {

constexpr Index kCells = 12, kGenes = 4;

Matrix<float> counts() {
  Matrix<float> x(kCells, kGenes);
  for (Index i = 0; i < kCells; ++i) {
    for (Index g = 0; g < kGenes; ++g) x(i, g) = static_cast<float>((7 * i + 3 * g * g + i * g) % 11);
  }
  return x;
}

Matrix<float> logs() { return counts().array().log1p().matrix(); }

/// The last gene is not among the variable ones.
const Matrix<double> kLoadings{{0.6, 0.8}, {0.8, -0.6}, {0, 0}, {0, 0}};

class File {
 public:
  File() {
    std::vector<std::string> names;
    std::vector<double> days;
    for (Index i = 0; i < kCells; ++i) {
      names.push_back("c" + std::to_string(i));
      days.push_back(static_cast<double>(i % 2));
    }
    fixture_.texts("obs/_index", names);
    H5adFixture::text_attribute(fixture_.group("obs", "dataframe"), "_index", "_index");
    fixture_.numbers("obs/day", days);
    fixture_.with_genes({"g0", "g1", "g2", "g3"});
    matrix<double>("varm/PCs", kLoadings);
  }

  template <typename T>
  File& matrix(const std::string& name, const Matrix<T>& values) {
    fixture_.numbers<T>(name, {values.data(), values.data() + values.size()},
                        {static_cast<hsize_t>(values.rows()), static_cast<hsize_t>(values.cols())});
    return *this;
  }

  /// X_pca of this expression, centred on `mean`.
  File& components_of(const Matrix<float>& expression, const Eigen::RowVectorXd& mean) {
    const Matrix<double> centred = expression.cast<double>().rowwise() - mean;
    return matrix<float>("obsm/X_pca", (centred * kLoadings).cast<float>());
  }

  H5adFixture& fixture() { return fixture_; }

  DataFile read(bool means = true) {
    DataOptions options;
    options.gene_means = means;
    return read_data(fixture_.finish(), options);
  }

 private:
  H5adFixture fixture_;
};

Eigen::RowVectorXd mean_of(const Matrix<float>& x) { return x.cast<double>().colwise().mean(); }

void is_mean(const DataFile& file, const Eigen::RowVectorXd& expected) {
  const Vector<float>& mean = file.data.gene_space.mean;
  REQUIRE(mean.size() == expected.size());
  CHECK((mean.cast<double>() - expected.transpose()).cwiseAbs().maxCoeff() < 1e-4);
}

}  // namespace

TEST_CASE("the mean of X, if the components are of X", "[gene means]") {
  File file;
  file.matrix("X", logs()).components_of(logs(), mean_of(logs()));
  SECTION("is computed when it is asked for") {
    const DataFile read = file.read();
    is_mean(read, mean_of(logs()));
    CHECK(read.gene_sources.means == "X");
    CHECK(read.warnings.empty());
  }
  SECTION("and is else only told of") {
    const DataFile read = file.read(false);
    CHECK(read.data.gene_space.mean.size() == 0);
    CHECK(read.gene_sources.means == "X");
  }
}

TEST_CASE("X with counts, of whose logarithms the components are", "[gene means]") {
  File file;
  file.matrix("X", counts()).components_of(logs(), mean_of(logs()));
  const DataFile read = file.read();
  is_mean(read, mean_of(logs()));
  CHECK(read.gene_sources.means == "log(1 + X)");
}

TEST_CASE("the expression may be a layer, or raw/X in another order of genes", "[gene means]") {
  File file;
  file.matrix("X", Matrix<float>(counts().array().square().matrix())).components_of(logs(), mean_of(logs()));
  std::string source;
  SECTION("a layer") {
    file.matrix("layers/lognorm", logs());
    source = "layers/lognorm";
  }
  SECTION("raw/X") {
    Matrix<float> turned(kCells, kGenes + 1);
    turned << Matrix<float>::Ones(kCells, 1), logs().rowwise().reverse();
    file.matrix("raw/X", turned);
    file.fixture().texts("raw/var/_index", {"other", "g3", "g2", "g1", "g0"});
    H5adFixture::text_attribute(file.fixture().group("raw/var", "dataframe"), "_index", "_index");
    source = "raw/X";
  }
  const DataFile read = file.read();
  is_mean(read, mean_of(logs()));
  CHECK(read.gene_sources.means == source);
}

TEST_CASE("cells that are some of those of the components have their centre", "[gene means]") {
  Eigen::RowVectorXd centre = mean_of(logs());
  centre(0) += 2;
  File file;
  file.matrix("X", logs()).components_of(logs(), centre);
  const DataFile read = file.read();
  is_mean(read, centre);
  REQUIRE(read.warnings.size() == 1);
  CHECK_THAT(read.warnings[0], Catch::Matchers::ContainsSubstring("not centred on the mean of these cells"));
}

TEST_CASE("a mean that is stored and belongs to other components is left out", "[gene means]") {
  File file;
  file.matrix("X", logs()).components_of(logs(), mean_of(logs()));
  SECTION("of other ones") {
    file.fixture().numbers<double>("uns/pca_mean", {3, 0, 0, 0});
    const DataFile read = file.read();
    is_mean(read, mean_of(logs()));
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Matchers::ContainsSubstring("uns['pca_mean'] does not belong"));
  }
  SECTION("of these") {
    const Eigen::RowVectorXd mean = mean_of(logs());
    file.fixture().numbers<double>("uns/pca_mean", {mean.begin(), mean.end()});
    const DataFile read = file.read();
    CHECK(read.gene_sources.means == "uns['pca_mean']");
    CHECK(read.warnings.empty());
  }
}

TEST_CASE("without expression that gives the components there is no mean, and the reason", "[gene means]") {
  File file;
  SECTION("other expression") {
    file.matrix("X", Matrix<float>(counts().array().square().matrix()))
        .components_of(logs(), mean_of(logs()));
    const DataFile read = file.read();
    CHECK(read.data.gene_space.mean.size() == 0);
    CHECK_THAT(read.gene_sources.no_means, Catch::Matchers::ContainsSubstring("X is off by"));
  }
  SECTION("none") {
    file.components_of(logs(), mean_of(logs()));
    CHECK_THAT(file.read().gene_sources.no_means, Catch::Matchers::ContainsSubstring("nor expression (X)"));
  }
}
