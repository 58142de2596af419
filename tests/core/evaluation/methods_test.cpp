#include "cellmnn/methods.hpp"

#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"
#include "gradient_check.hpp"
#include "model/mass.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;
using cellmnn::testing::turning_cloud;

namespace {

MethodOptions small_options() {
  MethodOptions options;
  options.training.model.dims = 3;
  options.training.model.width = 16;
  options.training.model.depth = 2;
  options.training.steps = 30;
  options.training.batch = 30;
  options.flow_matching.steps = 30;
  options.flow_matching.batch = 16;
  return options;
}

std::vector<double> times_of(const TimeCourse& data) {
  std::vector<double> times;
  for (const Snapshot& snapshot : data.snapshots) times.push_back(snapshot.time);
  return times;
}

}  // namespace

TEST_CASE("a task holds out a snapshot and those it has to leap over", "[evaluation]") {
  const TimeCourse data = turning_cloud({0, 1, 2, 3.5, 4});
  const PredictionTask one = prediction_task(data, 2);
  CHECK(times_of(one.training) == std::vector<double>{0, 1, 3.5, 4});
  CHECK(one.previous().time == 1);
  REQUIRE(one.next() != nullptr);
  CHECK(one.next()->time == 3.5);
  CHECK(one.held_out.time == 2);

  const PredictionTask two = prediction_task(data, 2, 2);
  CHECK(times_of(two.training) == std::vector<double>{0, 3.5, 4});
  CHECK(two.previous().time == 0);

  const PredictionTask last = prediction_task(data, 4, 2);
  CHECK(times_of(last.training) == std::vector<double>{0, 1, 2});
  CHECK(last.previous().time == 2);
  CHECK(last.next() == nullptr);
}

TEST_CASE("the metric space is whitened by all cells, the held-out ones too", "[evaluation]") {
  const TimeCourse data = turning_cloud({0, 1, 2});
  const PredictionTask task = prediction_task(data, 1);
  Matrix<double> all(240, 3);
  all << task.metric(data.snapshots[0].cells), task.metric(data.snapshots[1].cells),
      task.metric(data.snapshots[2].cells);
  CHECK(all.colwise().mean().cwiseAbs().maxCoeff() < 1e-9);
  CHECK((all.colwise().squaredNorm().array() / 240 - 1).abs().maxCoeff() < 1e-6);
}

TEST_CASE("a task needs a snapshot to start from and two to train on", "[evaluation]") {
  const TimeCourse data = turning_cloud({0, 1, 2});
  CHECK_THROWS_MATCHES(prediction_task(data, 0), Error,
                       error_with(ErrorCode::bad_input, {"time 0", "no snapshot 1 before"}));
  CHECK_THROWS_MATCHES(prediction_task(data, 1, 2), Error,
                       error_with(ErrorCode::bad_input, {"time 1", "no snapshot 2 before"}));
  CHECK_THROWS_MATCHES(prediction_task(data, 2, 2), Error,
                       error_with(ErrorCode::bad_input, {"time 2", "leaves 1 of 3", "at least two"}));
  CHECK_THROWS_MATCHES(prediction_task(data, 3), Error, error_with(ErrorCode::bad_input, {"3"}));
}

TEST_CASE("every method answers an inner hold-out with finite points, the same for the same seed",
          "[methods]") {
  SerialExecutor executor;
  const PredictionTask task = prediction_task(turning_cloud({0, 1, 2, 3}), 1);
  for (const Method& method : all_methods()) {
    if (method.pools()) continue;
    INFO(method.name);
    CHECK(method.obstacle(task).empty());
    const Prediction first = method.predict({task, small_options(), 1, executor, {}});
    CHECK(first.cloud.points.rows() > 0);
    CHECK(first.cloud.points.cols() == 3);
    CHECK(first.cloud.points.allFinite());
    CHECK(first.target.rows() == (method.name == "noise-floor" ? 40 : 80));
    const Prediction again = method.predict({task, small_options(), 1, executor, {}});
    CHECK(first.cloud.points == again.cloud.points);
    if (method.trained()) {
      const Prediction other = method.predict({task, small_options(), 2, executor, {}});
      CHECK(first.cloud.points != other.cloud.points);
    }
  }
}

TEST_CASE("no method but the noise floor depends on the held-out cells", "[methods]") {
  SerialExecutor executor;
  PredictionTask task = prediction_task(turning_cloud({0, 1, 2, 3}), 2);
  PredictionTask changed = task;
  changed.held_out.cells.array() += 3;
  for (const Method& method : all_methods()) {
    if (method.pools()) continue;
    INFO(method.name);
    const auto points = [&](const PredictionTask& of) {
      return method.predict({of, small_options(), 1, executor, {}}).cloud.points;
    };
    CHECK((points(task) == points(changed)) == (method.name != "noise-floor"));
  }
}

TEST_CASE("the noise floor has halves of equal size, other ones for each of its own seeds", "[methods]") {
  SerialExecutor executor;
  const Method& method = method_named(kNoiseFloor);
  for (const Index cells : {80, 81}) {
    const PredictionTask task = prediction_task(turning_cloud({0, 1, 2}, cells), 1);
    std::vector<double> sums;
    for (const std::uint64_t seed : method.seeds(task, {5})) {
      const auto [cloud, target, rows] = method.predict({task, {}, seed, executor, {}});
      CHECK(cloud.points.rows() == 40);
      CHECK(target.rows() == 40);
      for (Index i = 0; i < 40; ++i) {
        CHECK((target.rowwise() - cloud.points.row(i)).rowwise().squaredNorm().minCoeff() > 0);
      }
      sums.push_back(cloud.points.sum());
    }
    REQUIRE(sums.size() == 10);
    std::sort(sums.begin(), sums.end());
    CHECK(std::adjacent_find(sums.begin(), sums.end()) == sums.end());
  }
}

TEST_CASE("a method is scored by the given seeds, or the first, or by halvings", "[methods]") {
  const PredictionTask task = prediction_task(turning_cloud({0, 1, 2}, 30), 1);
  const std::vector<std::uint64_t> given = {7, 9};
  CHECK(method_named("cellmnn").seeds(task, given) == given);
  CHECK(method_named("linear").seeds(task, given) == given);
  CHECK(method_named("previous").seeds(task, given) == std::vector<std::uint64_t>{7});
  CHECK(method_named("cellmnn-two-sided").seeds(task, given) == given);
  CHECK(method_named("cellmnn-ensemble").seeds(task, given) == std::vector<std::uint64_t>{7});
  const std::vector<std::uint64_t> halvings = method_named(kNoiseFloor).seeds(task, given);
  CHECK(halvings == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  const PredictionTask large = prediction_task(turning_cloud({0, 1, 2}, 10'001, 1), 1);
  CHECK(method_named(kNoiseFloor).seeds(large, given).size() == 3);
}

TEST_CASE("interpolation by the W1 and the W2 plan is that of the plan", "[methods]") {
  SerialExecutor executor;
  TimeCourse data = turning_cloud({0, 1, 4}, 1, 1);
  data.snapshots[0].cells << 0;
  data.snapshots[1].cells << 5;
  data.snapshots[2].cells << 8;
  const PredictionTask task = prediction_task(data, 1);
  for (const char* name : {"ot-interpolate", "ot-interpolate-w2"}) {
    const PointCloud cloud = method_named(name).predict({task, {}, 1, executor, {}}).cloud;
    REQUIRE(cloud.points.rows() == 1);
    CHECK(std::abs(cloud.points(0, 0) - task.metric(Matrix<float>::Constant(1, 1, 2))(0, 0)) < 1e-12);
  }
}

TEST_CASE("methods that need the snapshot after say so in an extrapolation", "[methods]") {
  const PredictionTask task = prediction_task(turning_cloud({0, 1, 2}), 2);
  for (const Method& method : all_methods()) {
    INFO(method.name);
    const auto begins = [&](const char* begin) { return method.name.rfind(begin, 0) == 0; };
    const bool needs_next = method.name == "next" || method.name == "mixture" || begins("ot-interpolate") ||
                            begins("cellmnn-two-sided");
    CHECK(method.obstacle(task).empty() == !needs_next);
  }
  const PredictionTask single = prediction_task(turning_cloud({0, 1, 2}, 1), 1);
  CHECK_FALSE(method_named("noise-floor").obstacle(single).empty());
}

TEST_CASE("full plans of huge snapshots are refused with their memory", "[methods]") {
  const auto obstacle = [](Index cells) {
    return method_named("ot-cfm-full").obstacle(prediction_task(turning_cloud({0, 1, 2}, cells, 1), 1));
  };
  CHECK(obstacle(20'000).empty());
  CHECK(obstacle(25'000).find("between 25000 and 25000 cells") != std::string::npos);
  CHECK(obstacle(25'000).find("5 GB") != std::string::npos);
}

TEST_CASE("protocols are labelled for trained methods only", "[methods]") {
  MethodOptions options;
  CHECK(method_named("previous").protocol(options) == "-");
  CHECK(method_named("cellmnn").protocol(options) == "honest");
  options.protocol = Protocol::paper;
  CHECK(method_named("previous").protocol(options) == "-");
  CHECK(method_named("cellmnn").protocol(options) == "paper");
  CHECK(method_named("cellmnn-ensemble").protocol(options) == "paper");
  CHECK(method_named("cellmnn-two-sided").protocol(options) == "paper");
  CHECK_THROWS_MATCHES(method_named("magic"), Error, error_with(ErrorCode::usage, {"'magic'", "cellmnn"}));
}

TEST_CASE("protocol paper is at least as near to the held-out cells as the same steps without", "[methods]") {
  SerialExecutor executor;
  const PredictionTask task = prediction_task(turning_cloud({0, 1, 2, 3}), 2);
  MethodOptions options = small_options();
  options.training.steps = 400;
  options.training.learning_rate = 5e-3;
  options.training.schedule = Schedule::constant;
  options.between = {0, 0, 0};
  const auto w1 = [&](const char* method, Protocol protocol) {
    options.protocol = protocol;
    const Prediction prediction = method_named(method).predict({task, options, 1, executor, {}});
    return transport_distance(prediction.cloud, prediction.target, TransportCost::euclidean, 1).value;
  };
  CHECK(w1("cellmnn", Protocol::paper) <= w1("cellmnn", Protocol::honest));
  // Each side is selected by itself, so that what they make together may be a little farther.
  CHECK(w1("cellmnn-two-sided", Protocol::paper) < 1.1 * w1("cellmnn-two-sided", Protocol::honest));
}

TEST_CASE("protocol paper selects by the weights of cells", "[methods]") {
  if (!kMassIsTrained) return;
  TimeCourse data = turning_cloud({0, 1, 2, 3});
  for (Index k = 0; k < 4; ++k)  // two groups, of which one grows
    data.snapshots[static_cast<std::size_t>(k)].cells.topRows(15 * (k + 1)).col(2).array() += 4;
  SerialExecutor executor;
  const PredictionTask task = prediction_task(data, 2);
  MethodOptions options = small_options();
  options.training.steps = 200;
  options.training.learning_rate = 5e-3;
  options.training.schedule = Schedule::constant;
  options.training.model.mass = true;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto w1 = [&](Protocol protocol) {
      options.protocol = protocol;
      const Prediction found = method_named("cellmnn").predict({task, options, seed, executor, {}});
      return transport_distance(found.cloud, found.target, TransportCost::euclidean, 1).value;
    };
    CHECK(w1(Protocol::paper) <= w1(Protocol::honest));
  }
}

TEST_CASE("a training stops when its progress says so", "[methods]") {
  SerialExecutor executor;
  const PredictionTask task = prediction_task(turning_cloud({0, 1, 2}), 1);
  for (const Method& method : all_methods()) {
    if (!method.trained()) continue;
    INFO(method.name);
    Index calls = 0;
    const auto stop = [&](Index, Index) { return ++calls < 5; };
    CHECK_THROWS_MATCHES(method.predict({task, small_options(), 1, executor, stop}), Error,
                         error_with(ErrorCode::interrupted, {}));
    CHECK(calls == 5);
  }
}

TEST_CASE("an ensemble has a random member's prediction for every cell", "[methods]") {
  const PointCloud a{random_matrix(300, 2, 1), {}}, b{random_matrix(300, 2, 2), {}};
  const PointCloud pool = pooled({a, b}, 5);
  REQUIRE(pool.points.rows() == 300);
  Index from_a = 0;
  for (Index i = 0; i < 300; ++i) {
    const bool is_a = pool.points.row(i) == a.points.row(i);
    CHECK(is_a != (pool.points.row(i) == b.points.row(i)));
    from_a += is_a ? 1 : 0;
  }
  CHECK(std::abs(from_a - 150) < 40);
  CHECK(pooled({a, b}, 5).points == pool.points);
  CHECK(pooled({a, b}, 6).points != pool.points);
  CHECK(pooled({a}, 5).points == a.points);
  CHECK_THROWS_MATCHES(pooled({}, 1), Error, error_with(ErrorCode::bad_input, {"ensemble"}));
  CHECK_THROWS_MATCHES(pooled({a, {random_matrix(3, 2, 1), {}}}, 1), Error,
                       error_with(ErrorCode::bad_input, {"same cells"}));
}

TEST_CASE("an ensemble of weighted clouds draws as many points of each", "[methods]") {
  const PointCloud a{random_matrix(300, 2, 1), Vector<double>::Ones(300)};
  PointCloud b{random_matrix(100, 2, 2), Vector<double>::Zero(100)};
  b.weights(7) = 1;
  const PointCloud pool = pooled({a, b}, 5);
  REQUIRE(pool.points.rows() == 200);
  CHECK(pool.weights.size() == 0);
  for (Index i = 0; i < 100; ++i) {
    CHECK((a.points.rowwise() - pool.points.row(i)).rowwise().norm().minCoeff() == 0);
    CHECK(pool.points.row(100 + i) == b.points.row(7));
  }
  CHECK(pooled({a, b}, 5).points == pool.points);
  CHECK(pooled({a, b}, 6).points != pool.points);
  const PointCloud uniform{a.points, {}};
  CHECK_THROWS_MATCHES(pooled({a, uniform}, 1), Error,
                       error_with(ErrorCode::bad_input, {"all with weights"}));
}
