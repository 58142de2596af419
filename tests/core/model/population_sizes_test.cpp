#include "cellmnn/population_sizes.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"
#include "gradient_check.hpp"
#include "growing_model.hpp"
#include "model/mass.hpp"

using namespace cellmnn;
using cellmnn::testing::growing_model;
using cellmnn::testing::random_matrix;

namespace {

TimeCourse course_of(const CellMnn& model) {
  TimeCourse data;
  for (std::size_t k = 0; k < model.training_times.size(); ++k) {
    const auto cells = random_matrix(40 + 10 * static_cast<Index>(k), 2, k + 1);
    data.snapshots.push_back({model.training_times[k], "", cells.cast<float>(), {}, {}});
  }
  return data;
}

const PopulationSizes kSizes = {{6, 0, 4, 9}, {30, 100, 250, 1}};

Vector<double> times_of(const Snapshot& snapshot) {
  return Vector<double>::Constant(snapshot.cells.rows(), snapshot.time);
}

}  // namespace

TEST_CASE("with sizes of the population the cells of a time become as many as those of the next",
          "[growth]") {
  SerialExecutor executor;
  const CellMnn plain = growing_model(0.8);  // of the times 0, 4, 6 and the unit 2
  CellMnn model = plain;
  const TimeCourse data = course_of(model);
  know_sizes(model, data, kSizes, executor);
  REQUIRE(model.growth_shift.size() == 2);
  const std::vector<double> counts = {100, 250, 30};
  for (std::size_t k = 0; k < 2; ++k) {
    const Snapshot& snapshot = data.snapshots[k];
    const double next = data.snapshots[k + 1].time;
    const Paths paths = model.paths(snapshot.cells, times_of(snapshot), {next, snapshot.time}, executor);
    CHECK(paths.sizes_at(0).mean() == Approx(counts[k + 1] / counts[k]).epsilon(1e-12));
    CHECK(paths.sizes_at(1) == Vector<double>::Ones(snapshot.cells.rows()));
    // Ratios are those of before.
    const Paths before = plain.paths(snapshot.cells, times_of(snapshot), {next}, executor);
    CHECK((paths.weights_at(0) - before.weights_at(0)).cwiseAbs().maxCoeff() < 1e-12);
    CHECK(before.sizes_at(0).size() == 0);
  }
  know_sizes(model, data, {{0, 4, 6}, {1, 1, 1}}, executor);  // known sizes do not count on those of before
  const Snapshot& first = data.snapshots[0];
  CHECK(model.paths(first.cells, times_of(first), {4}, executor).sizes_at(0).mean() == Approx(1));
}

TEST_CASE("growth is per unit of the user's time, with the shift of the interval that follows", "[growth]") {
  SerialExecutor executor;
  CellMnn model = growing_model(0.8);
  model.growth_shift = {0.5, -1};
  const Matrix<float> cells{{1, 0}, {-2, 0}};
  const auto growth_at = [&](double time) {
    return model.growth(cells, Vector<double>::Constant(2, time), executor);
  };
  const double g = 3 * std::tanh(0.8 / 3);
  for (const auto& [time, shift] : {std::pair{-3.0, 0.5}, {0.0, 0.5}, {3.9, 0.5}, {4.0, -1.0}, {6.0, -1.0}}) {
    CHECK(growth_at(time)(0) == Approx((g + shift) / 2).epsilon(1e-6));
    CHECK(growth_at(time)(1) == Approx((3 * std::tanh(-1.6 / 3) + shift) / 2).epsilon(1e-6));
  }
  // From 0 to 6: two units of model time with the first shift, one with the second.
  const Paths paths = model.paths(cells, Vector<double>::Zero(2), {6, 8, -2}, executor);
  CHECK(paths.log_sizes(0, 0) == Approx(3 * g + 2 * 0.5 - 1).epsilon(1e-5));
  CHECK(paths.log_sizes(1, 0) == Approx(4 * g + 2 * 0.5 - 2).epsilon(1e-5));
  CHECK(paths.log_sizes(2, 0) == Approx(-g - 0.5).epsilon(1e-5));
  // Backwards from the last time the interval before it comes first.
  const Paths back = model.paths(cells, Vector<double>::Constant(2, 6), {2}, executor);
  CHECK(back.log_sizes(0, 0) == Approx(-(g - 1) - (g + 0.5)).epsilon(1e-5));
}

TEST_CASE("one cell a snapshot becomes the population", "[growth]") {
  SerialExecutor executor;
  CellMnn model = growing_model(0.8);
  TimeCourse data = course_of(model);
  for (Snapshot& snapshot : data.snapshots) snapshot.cells = snapshot.cells.topRows(1).eval();
  know_sizes(model, data, kSizes, executor);
  const Snapshot& first = data.snapshots[0];
  CHECK(model.paths(first.cells, times_of(first), {4}, executor).sizes_at(0)(0) == Approx(2.5));
}

TEST_CASE("sizes that are missing, twice there or no sizes are refused", "[growth]") {
  CellMnn model = growing_model(0.8);
  const TimeCourse data = course_of(model);
  model.config.mass = false;
  CHECK_THROWS_MATCHES(validate(kSizes, model.config, data), Error,
                       error_with(ErrorCode::usage, {"counts are about the weights of cells"}));
  model.config.mass = true;
  const auto refuses = [&](const PopulationSizes& sizes, const std::vector<std::string>& parts) {
    CHECK_THROWS_MATCHES(validate(sizes, model.config, data), Error, error_with(ErrorCode::bad_input, parts));
  };
  CHECK_NOTHROW(validate(kSizes, model.config, data));
  refuses({{0, 6}, {1, 2}}, {"counts has no size of the population at time 4", "0 and 6"});
  refuses({}, {"no size of the population at time 0", "no time"});
  refuses({{0, 4, 6, 4}, {1, 2, 3, 4}}, {"counts has two sizes of the population at time 4"});
  for (const double bad : {0.0, -3.0, std::numeric_limits<double>::infinity()})
    refuses({{0, 4, 6}, {1, bad, 3}}, {"cells at time 4", "a number above 0"});
}
