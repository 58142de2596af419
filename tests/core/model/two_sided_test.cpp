#include "cellmnn/two_sided.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/monotone_cubic.hpp"
#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/trainer.hpp"
#include "drifting_model.hpp"
#include "error_matcher.hpp"
#include "gradient_check.hpp"
#include "model/mass.hpp"
#include "reversed_executor.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::drifting;
using cellmnn::testing::random_matrix;
using cellmnn::testing::ReversedExecutor;
using cellmnn::testing::turning_cloud;

namespace {

constexpr BetweenOptions kPlain{0, 0, 0, 0};

TwoSidedModel drifting_both(const Eigen::VectorXd& forward, const Eigen::VectorXd& back,
                            const std::vector<double>& times) {
  const CellMnn model = drifting(forward, times);
  return {model, reversed_model(model, drifting(back, times).parameters)};
}

TimeCourse course(const std::vector<double>& times, const std::vector<Matrix<double>>& cells) {
  TimeCourse data;
  for (std::size_t k = 0; k < times.size(); ++k)
    data.snapshots.push_back({times[k], "", cells[k].cast<float>(), {}});
  return data;
}

Eigen::RowVectorXd mean_of(const Population& population) {
  return population.weights.transpose() * population.points.cast<double>();
}

}  // namespace

TEST_CASE("between two snapshots points lie between what both sides predict", "[two_sided]") {
  SerialExecutor executor;
  const Matrix<double> begin = random_matrix(20, 2, 1);
  const Eigen::RowVectorXd way = Eigen::RowVector2d(8, -4);
  const Matrix<double> end = (begin.rowwise() + way).colwise().reverse();
  const TimeCourse data = course({1, 5}, {begin, end});
  // Each side stops half-way to where the other one says that the cells are.
  const TwoSidedModel model = drifting_both(way.transpose() / 8, -way.transpose() / 8, {1, 5});
  for (const double time : {2.0, 3.0, 4.5}) {
    const double s = (time - 1) / 4;
    const Population population = model.population(data, time, kPlain, 1, executor);
    REQUIRE(population.points.rows() == 20);
    CHECK(population.before == 0);
    CHECK(population.after == 1);
    CHECK((population.weights.array() - 0.05).abs().maxCoeff() < 1e-12);
    for (Index i = 0; i < 20; ++i) {
      const auto k = static_cast<std::size_t>(i);
      CHECK(population.targets[k] == 19 - population.sources[k]);
      const Eigen::RowVectorXd ahead = begin.row(population.sources[k]) + s / 2 * way;
      const Eigen::RowVectorXd back = end.row(population.targets[k]) - (1 - s) / 2 * way;
      const Eigen::RowVectorXd expected = (1 - s) * ahead + s * back;
      CHECK((population.points.row(i).cast<double>() - expected).norm() < 1e-5);
    }
  }
}

TEST_CASE("a bridge makes each side end where the cells of the other one were measured", "[two_sided]") {
  SerialExecutor executor;
  const Matrix<double> begin = random_matrix(20, 2, 1);
  const Eigen::RowVectorXd way = Eigen::RowVector2d(8, -4);
  const Matrix<double> end = (begin.rowwise() + way).colwise().reverse();
  const TimeCourse data = course({1, 5}, {begin, end});
  const TwoSidedModel model = drifting_both(way.transpose() / 8, -way.transpose() / 8, {1, 5});  // half-way
  for (const double bridge : {0.5, 1.0}) {
    for (const double time : {2.0, 4.5}) {
      const double s = (time - 1) / 4;
      const Population population = model.population(data, time, {0, 0, 0, bridge}, 1, executor);
      for (Index i = 0; i < 20; ++i) {
        const auto k = static_cast<std::size_t>(i);
        const Eigen::RowVectorXd ahead = begin.row(population.sources[k]) + (1 + bridge) * s / 2 * way;
        const Eigen::RowVectorXd back = end.row(population.targets[k]) - (1 + bridge) * (1 - s) / 2 * way;
        const Eigen::RowVectorXd expected = (1 - s) * ahead + s * back;
        CHECK((population.points.row(i).cast<double>() - expected).norm() < 1e-5);
      }
    }
  }
}

TEST_CASE("the pool has its share of the straight ways between the snapshots", "[two_sided]") {
  SerialExecutor executor;
  const Matrix<double> begin = random_matrix(20, 2, 1), end = random_matrix(30, 2, 2);
  const TimeCourse data = course({0, 4}, {begin, end});
  const Eigen::Vector2d up(0, 10);  // both sides predict 10 to 40 above
  const TwoSidedModel model = drifting_both(up, up, {0, 4});
  const Eigen::RowVectorXd straight = 0.75 * begin.colwise().mean() + 0.25 * end.colwise().mean();
  const Eigen::RowVectorXd predicted = 0.75 * (begin.colwise().mean() + 10 * Eigen::RowVector2d::UnitY()) +
                                       0.25 * (end.colwise().mean() + 30 * Eigen::RowVector2d::UnitY());
  for (const double pool : {0.0, 0.3, 1.0}) {
    const Population population = model.population(data, 1, {pool, 0, 0, 0}, 1, executor);
    CHECK(std::abs(population.weights.sum() - 1) < 1e-12);
    CHECK((mean_of(population) - (pool * straight + (1 - pool) * predicted)).norm() < 1e-5);
  }
}

TEST_CASE("points are spread evenly along their ways, less near a snapshot", "[two_sided]") {
  SerialExecutor executor;
  const Matrix<double> begin = random_matrix(200, 1, 1, 1e-3);
  const Matrix<double> end = begin.array() + 1;
  const TimeCourse data = course({0, 2}, {begin, end});
  const TwoSidedModel model =
      drifting_both(Vector<double>::Ones(1) / 2, -Vector<double>::Ones(1) / 2, {0, 2});
  for (const double time : {1.0, 0.2}) {
    const double s = time / 2, most = 0.4 * 4 * s * (1 - s);
    const Population population = model.population(data, time, {0, 0.4, 0, 0}, 1, executor);
    std::vector<double> places;
    REQUIRE(population.points.rows() == 4 * 200);
    for (Index i = 0; i < population.points.rows(); ++i) {
      const auto k = static_cast<std::size_t>(i);
      places.push_back(static_cast<double>(population.points(i, 0)) - begin(population.sources[k], 0));
    }
    std::sort(places.begin(), places.end());
    for (std::size_t k = 0; k < 800; ++k) {
      const double part = most * (2 * (static_cast<double>(k) + 0.5) / 800 - 1);
      CHECK(std::abs(places[k] - (s + part * (part < 0 ? s : 1 - s))) < 0.005 * most);
    }
  }
  const auto first = [&](std::uint64_t seed) {
    return model.population(data, 1, {0, 0.4, 0, 0}, seed, executor).points;
  };
  CHECK(first(1) == first(1));
  CHECK(first(1) != first(2));
}

TEST_CASE("the mean bends towards the monotone cubic of four or more known snapshots", "[two_sided]") {
  SerialExecutor executor;
  const std::vector<double> times = {0, 1, 3, 4}, heights = {0, 2, 3, 9};
  std::vector<Matrix<double>> cells;
  cells.reserve(heights.size());
  for (const double height : heights) cells.emplace_back(random_matrix(15, 1, 1).array() + height);
  const double offset = random_matrix(15, 1, 1).mean();
  const TimeCourse data = course(times, cells);
  const TwoSidedModel model = drifting_both(Vector<double>::Zero(1), Vector<double>::Zero(1), times);
  const double cubic = monotone_cubic(times, heights, 1.5) + offset;
  const double plain = mean_of(model.population(data, 1.5, kPlain, 1, executor))(0);
  REQUIRE(std::abs(cubic - plain) > 0.05);
  for (const double bend : {0.5, 1.0}) {
    const double bent = mean_of(model.population(data, 1.5, {0, 0, bend, 0}, 1, executor))(0);
    CHECK(std::abs(bent - (plain + bend * (cubic - plain))) < 1e-5);
  }
  // The one at time 4 is not known, or of no use to a model that has not seen it.
  TimeCourse three = data;
  three.snapshots.pop_back();
  CHECK(mean_of(model.population(three, 1.5, {0, 0, 1, 0}, 1, executor))(0) == plain);
  TwoSidedModel unaware = model;
  unaware.forward.training_times = {0, 1, 3};
  CHECK(mean_of(unaware.population(data, 1.5, {0, 0, 1, 0}, 1, executor))(0) == plain);
}

TEST_CASE("at training times and outside of them the forward network speaks alone", "[two_sided]") {
  SerialExecutor executor;
  const TimeCourse data =
      course({0, 1, 2}, {random_matrix(6, 1, 1), random_matrix(8, 1, 2), random_matrix(9, 1, 3)});
  const TwoSidedModel model = drifting_both(Vector<double>::Ones(1), Vector<double>::Ones(1), {0, 1, 2});
  const auto check = [&](double time, std::size_t snapshot, float moved) {
    const Population population = model.population(data, time, {}, 1, executor);
    const Matrix<float>& cells = data.snapshots[snapshot].cells;
    REQUIRE(population.points.rows() == cells.rows());
    CHECK((population.points.array() - cells.array() - moved).abs().maxCoeff() < 1e-5F);
    CHECK(population.weights ==
          Vector<double>::Constant(cells.rows(), 1 / static_cast<double>(cells.rows())));
    CHECK(population.before == static_cast<Index>(snapshot));
    CHECK(population.targets.empty());
    CHECK(population.sources.back() == cells.rows() - 1);
  };
  check(1, 1, 0);
  check(2.5, 2, 0.5F);
  check(-0.5, 0, -0.5F);
}

TEST_CASE("a population needs the snapshots next to it, and options in range", "[two_sided]") {
  SerialExecutor executor;
  const Matrix<double> cells = random_matrix(5, 1, 1);
  const TwoSidedModel model = drifting_both(Vector<double>::Ones(1), Vector<double>::Ones(1), {0, 1, 2});
  const TimeCourse data = course({0, 1.5, 2}, {cells, cells, cells});
  CHECK_THROWS_MATCHES(model.population(data, 0.5, {}, 1, executor), Error,
                       error_with(ErrorCode::bad_input, {"time 0.5", "the cells of time 1", "have none"}));
  CHECK_THROWS_MATCHES(model.population(data, 1.5, {}, 1, executor), Error,
                       error_with(ErrorCode::bad_input, {"the cells of time 1"}));
  const Matrix<double> wide = random_matrix(5, 2, 1);
  CHECK_THROWS_MATCHES(model.population(course({0, 1, 2}, {wide, wide, wide}), 0.5, {}, 1, executor), Error,
                       error_with(ErrorCode::bad_input, {"1 dimensions", "have 2"}));
  for (const auto& [options, name] : {std::pair{BetweenOptions{1.1, 0, 0}, "pool"},
                                      {BetweenOptions{0, -0.1, 0}, "spread"},
                                      {BetweenOptions{0, 0, std::nan("")}, "bend"},
                                      {BetweenOptions{0, 0, 0, 2}, "bridge"}}) {
    CHECK_THROWS_MATCHES(model.population(data, 3, options, 1, executor), Error,
                         error_with(ErrorCode::usage, {name, "0 to 1"}));
  }
}

TEST_CASE("a trained two-sided model is the same for any threads, and its sides know their ways",
          "[two_sided]") {
  const TimeCourse data = turning_cloud({0, 1, 2, 3.5});
  TrainOptions options;
  options.model.dims = 3;
  options.model.width = 16;
  options.model.depth = 2;
  options.steps = 300;
  options.batch = 60;
  options.learning_rate = 5e-3;
  const auto train = [&](Executor& executor) {
    Trainer forward(data, options, executor), back(mirrored(data), reversed_options(options), executor);
    while (!forward.done()) forward.step();
    while (!back.done()) back.step();
    const CellMnn trained = back.model(), model = forward.model();
    TwoSidedModel both{model, reversed_model(model, trained.parameters)};
    CHECK(both.reversed.training_times == trained.training_times);
    CHECK(both.reversed.time_scale.to_model(2) == trained.time_scale.to_model(2));
    CHECK((both.reversed.latent.mean - trained.latent.mean).norm() < 1e-12);
    CHECK((both.reversed.latent.std - trained.latent.std).norm() < 1e-12);
    return both;
  };
  SerialExecutor serial;
  ReversedExecutor threads;
  const TwoSidedModel model = train(serial), again = train(threads);
  CHECK(model.forward.parameters == again.forward.parameters);
  CHECK(model.reversed.parameters == again.reversed.parameters);
  CHECK(model.forward.parameters != model.reversed.parameters);
  const Population population = model.population(data, 2.5, {}, 1, serial);
  CHECK(population.points == again.population(data, 2.5, {}, 1, threads).points);

  // The turning cloud is at 4 (cos 0.4 t, sin 0.4 t) + 10.
  const auto miss = [&](const Eigen::RowVectorXd& mean, double time) {
    return std::hypot(mean(0) - 10 - 4 * std::cos(0.4 * time), mean(1) - 10 - 4 * std::sin(0.4 * time));
  };
  CHECK(miss(mean_of(population), 2.5) < 0.3);
  const Matrix<float>& last = data.snapshots.back().cells;
  const Matrix<float> back =
      model.reversed.predict_at(last, Vector<double>::Zero(last.rows()), 3.5 - 2, serial);
  CHECK(miss(back.cast<double>().colwise().mean(), 2) < 0.3);
}

TEST_CASE("one network alone predicts from the training time before, or from another one", "[two_sided]") {
  SerialExecutor executor;
  const CellMnn model = drifting(Eigen::Vector2d(1, 0), {0, 2, 3});
  const TimeCourse data = course({0, 2}, {random_matrix(4, 2, 1), random_matrix(5, 2, 2)});
  CHECK(time_before(model, 1.5) == 0);
  CHECK(time_before(model, 2) == 2);
  CHECK(time_before(model, -1) == 0);
  CHECK(time_before(model, 9) == 3);
  const Population population = population_ahead(model, data, 2, 2.5, executor);
  CHECK(population.weights == Vector<double>::Constant(5, 0.2));
  CHECK(population.sources == std::vector<Index>{0, 1, 2, 3, 4});
  CHECK(population.before == 1);
  CHECK(population.targets.empty());
  const Matrix<float> expected = data.snapshots[1].cells.rowwise() + Eigen::RowVector2f(0.5F, 0);
  CHECK((population.points - expected).norm() < 1e-5F);
  CHECK_THROWS_MATCHES(population_ahead(model, data, 3, 4, executor), Error,
                       error_with(ErrorCode::bad_input, {"the cells of time 3, but the data have none"}));
}

TEST_CASE("the seed of the reversed network is another one, and comes back", "[two_sided]") {
  TrainOptions options;
  options.seed = 7;
  CHECK(reversed_options(options).seed == (7 ^ 0x9E3779B97F4A7C15));
  CHECK(reversed_options(reversed_options(options)).seed == 7);
}

TEST_CASE("the weights of both sides are those of the population between", "[two_sided][mass]") {
  SerialExecutor executor;
  // Cells that stay; by the forward network the third one grows, by the reversed network all count the same.
  CellMnn forward = drifting(Eigen::Vector2d::Zero(), {0, 2});
  forward.config.mass = true;
  forward.parameters = Vector<float>::Zero(parameter_count(forward.config));
  Vector<float> still = forward.parameters;
  const std::vector<ParameterLayer> layers = parameter_layers(forward.config);
  forward.parameters(layers[0].weight) = 1;                      // h_0 = LeakyReLU(x_0)
  forward.parameters(layers[1].bias - layers[1].inputs) = 0.5F;  // o = h_0 / 2
  const TwoSidedModel model{forward, reversed_model(forward, std::move(still))};
  Matrix<double> begin(3, 2);
  begin << 0, 0, 0, 1, 1, 0;
  const TimeCourse data = course({0, 2}, {begin, random_matrix(50, 2, 3)});
  const double g = 3 * std::tanh(0.5 / 3);
  for (const double time : {1.0, -1.0}) {
    const Population population = model.population(data, time, kPlain, 1, executor);
    Vector<double> by_cell = Vector<double>::Zero(3);
    for (Index i = 0; i < population.points.rows(); ++i)
      by_cell(population.sources[static_cast<std::size_t>(i)]) += population.weights(i);
    const double grown = std::exp(g * time);
    CHECK(by_cell.sum() == Approx(1));
    CHECK(by_cell(2) == Approx(grown / (2 + grown)).epsilon(1e-5));
    CHECK(by_cell(0) == Approx(1 / (2 + grown)).epsilon(1e-5));
  }
}
