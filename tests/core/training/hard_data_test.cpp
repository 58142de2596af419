// Data on which local linear models are known to explode: nothing that is not finite or absurdly far
// may leave the core, whatever the scale of values and times.
#include <cmath>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/model.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/trainer.hpp"

using namespace cellmnn;

namespace {

constexpr Index kDims = 3, kCells = 60;

/// Values of cell i at time t, for a kind of trouble.
using Trouble = double (*)(double t, Index dim, Rng& rng);

TimeCourse time_course(const std::vector<double>& times, Trouble value) {
  TimeCourse data;
  Rng rng(5);
  for (const double time : times) {
    Snapshot snapshot{time, "", Matrix<float>(kCells, kDims), {}};
    for (Index i = 0; i < kCells; ++i) {
      for (Index d = 0; d < kDims; ++d) snapshot.cells(i, d) = static_cast<float>(value(time, d, rng));
    }
    data.snapshots.push_back(std::move(snapshot));
  }
  return data;
}

/// The largest distance of a prediction from the centre, in those of the training cells; 0 if refused.
double farthest(const TimeCourse& data, TrainOptions options) {
  SerialExecutor executor;
  options.model.dims = kDims;
  options.model.width = 32;
  options.model.depth = 2;
  options.steps = 150;
  options.batch = 90;
  options.learning_rate = 3e-3;
  Trainer trainer(data, options, executor);
  while (!trainer.done()) trainer.step();
  const CellMnn model = trainer.model();
  const double range = model.last_time() - model.first_time();
  double most = 0;
  for (const Snapshot& snapshot : data.snapshots) {
    const Vector<double> t = Vector<double>::Constant(kCells, snapshot.time);
    for (const double time : {model.first_time(), model.last_time(), model.last_time() + range / 2}) {
      try {
        const Matrix<float> cells = model.predict_at(snapshot.cells, t, time, executor);
        const Matrix<double> whitened = model.latent.whiten(cells).cast<double>();
        most = std::max(most, whitened.rowwise().norm().maxCoeff() / std::sqrt(static_cast<double>(kDims)));
        REQUIRE(std::isfinite(whitened.sum()));
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::numerical);
      }
    }
  }
  return most;
}

}  // namespace

TEST_CASE("hard data: training and predictions stay within 100 radii or are refused", "[hard]") {
  const auto kind = GENERATE(OperatorKind::dense, OperatorKind::eigen);
  const std::vector<double> uneven = {0, 3, 7, 21, 60};
  const Trouble counts = [](double t, Index d, Rng& rng) {
    return std::floor(std::exp(2 * rng.normal() + 0.1 * t + static_cast<double>(d)));
  };
  const Trouble growth = [](double t, Index d, Rng& rng) {
    return std::exp(0.2 * t) * (1 + 0.1 * rng.normal()) * (d == 0 ? 1 : -1);
  };
  const Trouble constant_dim = [](double t, Index d, Rng& rng) { return d == 0 ? 7 : t + rng.normal(); };
  const Trouble tiny = [](double t, Index /*d*/, Rng& rng) { return 1e-20 * (t + rng.normal()); };
  const Trouble outlier = [](double t, Index /*d*/, Rng& rng) {
    return rng.below(200) == 0 ? 1e6 : t + rng.normal();
  };
  for (const Trouble trouble : {counts, growth, constant_dim, tiny, outlier}) {
    for (const std::vector<double>& times : {uneven, std::vector<double>{0, 1e-6, 2e-6}, {0, 1e6, 1e7}}) {
      const bool exponential = trouble == growth || trouble == counts;
      if (exponential && times.back() > 100) continue;  // the data themselves would not be finite
      TrainOptions options;
      options.model.operator_kind = kind;
      CHECK(farthest(time_course(times, trouble), options) <= 100.001);
    }
  }
}
