#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/evaluation.hpp"
#include "cellmnn/methods.hpp"
#include "cellmnn/mmd.hpp"
#include "cellmnn/wasserstein.hpp"
#include "wasm/calls/calls.hpp"
#include "wasm/conversions.hpp"

namespace cellmnn {
namespace {

/// Of W1 and the MMD only: the other metrics of the core take seconds for thousands of cells.
struct Distances {
  double w1 = 0, mmd = 0;
  double low = HUGE_VAL, high = 0;  ///< the range of W1

  void add(const Prediction& prediction, std::uint64_t seed) {
    const PointCloud& cloud = prediction.cloud;
    const Matrix<double>& target = prediction.target;
    const double one = transport_distance(cloud, target, TransportCost::euclidean, seed).value;
    w1 += one;
    low = std::min(low, one);
    high = std::max(high, one);
    mmd += mmd2(cloud.points, target, 1, boundary::serial, cloud.weights);
  }
};

/// The means of `sum` over `count` predictions.
emscripten::val scored(const std::string& method, double time, const Distances& sum, std::size_t count = 1) {
  emscripten::val result = emscripten::val::object();
  result.set("method", method);
  result.set("time", time);
  result.set("w1", sum.w1 / static_cast<double>(count));
  result.set("mmd", sum.mmd / static_cast<double>(count));
  result.set("low", sum.low);
  result.set("high", sum.high);
  return result;
}

constexpr std::uint64_t kSeed = 0;

}  // namespace

namespace calls {

using boundary::list_of;
using boundary::serial;
using boundary::to_matrix;
using boundary::to_time_course;

val method_names() {
  return list_of(untrained_methods(), [](const Method& method) { return val(method.name); });
}

val score_method(val data, double time, std::string method_name) {
  const TimeCourse course = to_time_course(data);
  const PredictionTask task = prediction_task(course, snapshot_at(course, time));
  const Method& method = method_named(method_name, untrained_methods());
  const std::string obstacle = method.obstacle(task);
  if (!obstacle.empty()) throw Error(ErrorCode::bad_input, method.name + " has no answer: " + obstacle);
  const std::vector<std::uint64_t> seeds = method.seeds(task, {kSeed});
  Distances sum;
  for (const std::uint64_t seed : seeds) sum.add(method.predict({task, {}, seed, serial, {}}), seed);
  return scored(method.name, time, sum, seeds.size());
}

val score_model(const ModelHandle& handle, val data, double time) {
  const TimeCourse course = to_time_course(data);
  const PredictionTask task = scoring_task(course, snapshot_at(course, time));
  Distances distances;
  distances.add({predicted_cloud(handle.model, task, serial), task.metric(task.held_out.cells)}, kSeed);
  return scored("cellmnn", time, distances);
}

val score_population(const ModelHandle& handle, val data, double time) {
  const TimeCourse course = to_time_course(data);
  const PredictionTask task = scoring_task(course, snapshot_at(course, time));
  std::optional<PointCloud> predicted = predicted_cloud(handle.two_sided(), course, task, {}, kSeed, serial);
  if (!predicted) return val::undefined();
  Distances distances;
  distances.add({std::move(*predicted), task.metric(task.held_out.cells)}, kSeed);
  return scored("cellmnn-two-sided", time, distances);
}

double wasserstein(val a, val b, int order) {
  const auto x = to_matrix<double>(a, "a"), y = to_matrix<double>(b, "b");
  return order == 2 ? wasserstein2(x, y) : wasserstein1(x, y);
}

double mmd(val a, val b, double sigma) {
  return mmd2(to_matrix<double>(a, "a"), to_matrix<double>(b, "b"), sigma, serial);
}

}  // namespace calls
}  // namespace cellmnn
