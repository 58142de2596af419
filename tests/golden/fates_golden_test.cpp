/// The chain of fates against float64 values of an independent statement in NumPy.
#include "catch.hpp"
#include "cellmnn/fates.hpp"
#include "core/drifting_model.hpp"
#include "golden/golden_file.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/runtime/thread_pool.hpp"

using namespace cellmnn;

namespace {

Matrix<double> matrix(const NpzFile& file, const std::string& name) {
  const auto values = file.numbers(name);
  const auto rows = static_cast<Index>(values.shape()[0]);
  return Eigen::Map<const Matrix<double>>(values.data(), rows, static_cast<Index>(values.size()) / rows);
}

struct FatesGolden {
  explicit FatesGolden(const std::string& name) : file(golden_file(name)) {
    const Matrix<double> x = matrix(file, "x"), t = matrix(file, "t"), fate = matrix(file, "fate");
    known.names = {"a", "b", "c"};
    for (Index begin = 0, end = 0; begin < x.rows(); begin = end) {
      while (end < x.rows() && t(end) == t(begin)) ++end;
      data.snapshots.push_back({t(begin), "", x.middleRows(begin, end - begin).cast<float>(), {}});
      known.of_cells.emplace_back();
      for (Index i = begin; i < end; ++i) known.of_cells.back().push_back(static_cast<int>(fate(i)));
    }
  }

  /// The largest difference over all cells.
  double difference(const std::vector<Matrix<double>>& found, const std::string& expected) const {
    const Matrix<double> all = matrix(file, expected);
    double largest = 0;
    Index row = 0;
    for (const Matrix<double>& values : found) {
      largest = std::max(largest, (values - all.middleRows(row, values.rows())).cwiseAbs().maxCoeff());
      row += values.rows();
    }
    CHECK(row == all.rows());
    return largest;
  }

  NpzFile file;
  TimeCourse data;
  KnownFates known;
};

}  // namespace

TEST_CASE("fates equal the reference, from all starts", "[golden]") {
  const auto* name = GENERATE("fates_few_dims.npz", "fates_many_dims.npz");
  INFO(name);
  const FatesGolden golden(name);
  std::vector<double> times;
  for (const Snapshot& snapshot : golden.data.snapshots) times.push_back(snapshot.time);
  const CellMnn model = testing::drifting(matrix(golden.file, "velocity").reshaped(), times);
  ThreadPool two(2);
  const auto of = [&](FateStarts starts, const CellMnn* given) {
    FateOptions options;
    options.starts = starts;
    return fates_of(golden.data, golden.known, options, given, two);
  };
  const Fates stay = of(FateStarts::stay, &model), alone = of(FateStarts::both, nullptr);
  CHECK(golden.difference(stay.reached, "stay_reached") < 1e-6);
  CHECK(golden.difference(stay.probabilities, "stay") < 1e-6);
  CHECK(alone.probabilities == stay.probabilities);
  CHECK(golden.difference(of(FateStarts::model, &model).reached, "model_reached") < 1e-6);
  CHECK(golden.difference(of(FateStarts::both, &model).reached, "both_reached") < 1e-6);
}
