#include <algorithm>
#include <numeric>
#include <utility>

#include "cellmnn/displacement.hpp"
#include "cellmnn/rng.hpp"
#include "evaluation/method_predictions.hpp"

namespace cellmnn {
namespace {

constexpr Index kHalvings = 10, kHalvingsOfMany = 3;
constexpr Index kMany = 10'000;  // cells, whose halvings are all alike and take long

constexpr std::uint64_t kHalves = 0;  // stream of the seed

std::string without_halves(const PredictionTask& task) {
  return task.held_out.cells.rows() < 2 ? "one held-out cell has no two halves" : "";
}

Index halvings(const PredictionTask& task) {
  return task.held_out.cells.rows() > kMany ? kHalvingsOfMany : kHalvings;
}

/// How far the held-out time is on the way from the previous snapshot to the next one.
double fraction_of(const PredictionTask& task) {
  const double begin = task.previous().time;
  return (task.held_out.time - begin) / (task.next()->time - begin);
}

}  // namespace

std::string none(const PredictionTask& /*task*/) { return ""; }

std::string without_next(const PredictionTask& task) {
  return task.next() == nullptr ? "there is no snapshot after the held-out time" : "";
}

const std::vector<Method>& untrained_methods() {
  static const std::vector<Method> methods = {
      {"previous", none, predict_previous},
      {"next", without_next, predict_next},
      {"mixture", without_next, predict_mixture},
      {"ot-interpolate", without_next, predict_interpolated<TransportCost::euclidean>},
      {"ot-interpolate-w2", without_next, predict_interpolated<TransportCost::squared_euclidean>},
      {kNoiseFloor, without_halves, predict_noise_floor, nullptr, false, "", halvings},
  };
  return methods;
}

Prediction predict_previous(const MethodInput& input) {
  return against_all({input.task.metric(input.task.previous().cells), {}}, input.task);
}

Prediction predict_next(const MethodInput& input) {
  return against_all({input.task.metric(input.task.next()->cells), {}}, input.task);
}

Prediction predict_mixture(const MethodInput& input) {
  const Index before = input.task.previous().cells.rows(), after = input.task.next()->cells.rows();
  const double fraction = fraction_of(input.task);
  PointCloud cloud{Matrix<double>(before + after, input.task.training.dims()),
                   Vector<double>(before + after)};
  cloud.points << input.task.metric(input.task.previous().cells), input.task.metric(input.task.next()->cells);
  cloud.weights.head(before).setConstant((1 - fraction) / static_cast<double>(before));
  cloud.weights.tail(after).setConstant(fraction / static_cast<double>(after));
  return against_all(std::move(cloud), input.task);
}

template <TransportCost cost>
Prediction predict_interpolated(const MethodInput& input) {
  const PointCloud before{input.task.metric(input.task.previous().cells), {}},
      after{input.task.metric(input.task.next()->cells), {}};
  const std::vector<TransportEntry> plan = displacement_plan(before, after, cost, input.seed);
  return against_all(displaced(before.points, after.points, plan, fraction_of(input.task)), input.task);
}

/// Two random halves of the held-out cells, of equal size: an odd cell is left out.
Prediction predict_noise_floor(const MethodInput& input) {
  const Matrix<double> cells = input.task.metric(input.task.held_out.cells);
  std::vector<Index> order(static_cast<std::size_t>(cells.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  Rng rng(input.seed, kHalves);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(rng.below(i))]);
  }
  const Index half = cells.rows() / 2;
  const Matrix<double> shuffled = cells(order, Eigen::all);
  return {{shuffled.topRows(half), {}},
          shuffled.middleRows(half, half),
          {order.begin() + half, order.begin() + 2 * half}};
}

template Prediction predict_interpolated<TransportCost::euclidean>(const MethodInput&);
template Prediction predict_interpolated<TransportCost::squared_euclidean>(const MethodInput&);

}  // namespace cellmnn
