/// The lagged read-out against float64 values of an independent statement in NumPy.
#include "catch.hpp"
#include "cellmnn/lagged_network.hpp"
#include "golden/golden_file.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/runtime/thread_pool.hpp"

using namespace cellmnn;

namespace {

struct LaggedGolden {
  explicit LaggedGolden(const std::string& name) : file(golden_file(name)) {}

  Matrix<double> matrix(const std::string& name) const {
    const auto values = file.numbers(name);
    const auto rows = static_cast<Index>(values.shape()[0]);
    return Eigen::Map<const Matrix<double>>(values.data(), rows, static_cast<Index>(values.size()) / rows);
  }

  GeneCourse course(Executor& executor) const {
    const Matrix<double> counts = matrix("counts"), t = matrix("t");
    std::vector<double> times;
    std::vector<std::vector<Index>> rows;
    for (Index i = 0; i < t.rows(); ++i) {
      if (i == 0 || t(i) != t(i - 1)) {
        times.push_back(t(i));
        rows.emplace_back();
      }
      rows.back().push_back(i);
    }
    const SparseMatrix sparse = sparse_matrix(counts.rows(), counts.cols(), [&](const auto& visit) {
      for (Index i = 0; i < counts.rows(); ++i) {
        for (Index g = 0; g < counts.cols(); ++g) visit(i, g, static_cast<float>(counts(i, g)));
      }
    });
    return gene_course(sparse, times, rows, ExpressionScale::counts, executor);
  }

  LaggedOptions options() const {
    LaggedOptions options;
    const Matrix<double> regulators = matrix("regulators");
    for (Index r = 0; r < regulators.size(); ++r) {
      options.regulators.push_back(static_cast<Index>(regulators.data()[r]));
    }
    options.memory = *file.numbers("memory").data();
    return options;
  }

  NpzFile file;
};

/// (R, T) -> (G, G) with rows of targets, as the reference has it.
Matrix<double> of_all_genes(const LaggedNetwork& network, const Matrix<double>& values, Index genes) {
  Matrix<double> all = Matrix<double>::Zero(genes, genes);
  all(network.targets, network.regulators) = values.transpose();
  return all;
}

}  // namespace

TEST_CASE("lagged networks equal the reference", "[golden]") {
  const auto* name = GENERATE("lagged_stimulus.npz", "lagged_regulators.npz", "lagged_memory.npz");
  INFO(name);
  const LaggedGolden golden(name);
  ThreadPool two(2), three(3);
  const GeneCourse course = golden.course(two);
  const LaggedNetwork network = lagged_network(course, golden.options(), two);
  const auto difference = [&](const Matrix<double>& values, const std::string& expected) {
    return (of_all_genes(network, values, course.genes()) - golden.matrix(expected)).cwiseAbs().maxCoeff();
  };
  CHECK(difference(network.effects, "effects") < 1e-9);
  CHECK(difference(rank_scores(network), "scores") < 1e-9);
  CHECK((golden.matrix("offsets")(network.targets, Eigen::all) - network.offsets).cwiseAbs().maxCoeff() <
        1e-9);
  CHECK(network.converged);
  CHECK(lagged_network(golden.course(three), golden.options(), three).effects == network.effects);
}
