#include "cellmnn/methods.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"
#include "evaluation/method_predictions.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kPoolStream = 3;

std::string with_huge_plans(const PredictionTask& task) {
  const std::vector<Snapshot>& snapshots = task.training.snapshots;
  for (std::size_t k = 0; k + 1 < snapshots.size(); ++k) {
    const Index n = snapshots[k].cells.rows(), m = snapshots[k + 1].cells.rows();
    const double pairs = static_cast<double>(n) * static_cast<double>(m);
    if (pairs <= kMostPlanPairs) continue;
    return "its plan between " + std::to_string(n) + " and " + std::to_string(m) +
           " cells is beyond the limit of 20,000 x 20,000 (a matrix of their costs would take " +
           text(std::round(8e-9 * pairs)) + " GB)";
  }
  return "";
}

std::vector<Method> with_noise_floor_last(const std::vector<Method>& trained) {
  std::vector<Method> methods = untrained_methods();
  methods.insert(methods.end() - 1, trained.begin(), trained.end());
  return methods;
}

Index training_steps(const MethodOptions& options) { return options.training.steps; }
Index courses(const MethodOptions& options) { return static_cast<Index>(1 + options.others.size()); }
Index joint_steps(const MethodOptions& options) { return options.training.steps * courses(options); }
Index two_sided_steps(const MethodOptions& options) {
  return 2 * options.two_sided_steps.value_or(options.training.steps) * courses(options);
}
/// The forward network of both sides is that of cellmnn, unless it has other steps or only one has mass.
std::string forward_part(const PredictionTask& task, const MethodOptions& options) {
  const TrainOptions& alone = options.training;
  const TrainOptions with_both = two_sided_options(task, options);
  return with_both.steps == alone.steps && with_both.model.mass == alone.model.mass ? "cellmnn" : "";
}

Index flow_steps(const MethodOptions& options) { return options.flow_matching.steps; }

/// Equally many points of each weighted cloud, as many in all as one has on average.
PointCloud drawn_from_each(const std::vector<PointCloud>& members, std::uint64_t seed) {
  const auto count = static_cast<Index>(members.size());
  Index total = 0;
  for (const PointCloud& member : members) total += member.points.rows();
  const Index share = std::max<Index>(1, total / (count * count));
  PointCloud cloud{Matrix<double>(share * count, members.front().points.cols()), {}};
  for (Index k = 0; k < count; ++k) {
    cloud.points.middleRows(k * share, share) = sampled(members[static_cast<std::size_t>(k)], share, seed,
                                                        kPoolStream + 1 + static_cast<std::uint64_t>(k));
  }
  return cloud;
}

}  // namespace

std::string Method::protocol(const MethodOptions& options) const {
  if (pools()) return method_named(members).protocol(options);
  if (!trained()) return "-";
  return selects && options.protocol == Protocol::paper ? "paper" : "honest";
}

std::vector<std::uint64_t> Method::seeds(const PredictionTask& task,
                                         const std::vector<std::uint64_t>& given) const {
  if (trained()) return given;
  if (halvings == nullptr) return {given.at(0)};
  std::vector<std::uint64_t> seeds(static_cast<std::size_t>(halvings(task)));
  std::iota(seeds.begin(), seeds.end(), std::uint64_t{1});
  return seeds;
}

const std::vector<Method>& all_methods() {
  static const std::vector<Method> methods = with_noise_floor_last({
      {"linear", none, predict_linear, training_steps},
      {"i-cfm", none, predict_flow_matching<Coupling::independent>, flow_steps},
      {"ot-cfm", none, predict_flow_matching<Coupling::batch_plan>, flow_steps},
      {"ot-cfm-full", with_huge_plans, predict_flow_matching<Coupling::full_plan>, flow_steps},
      {"cellmnn", none, predict_cellmnn, joint_steps, true},
      {"cellmnn-ensemble", none, nullptr, nullptr, false, "cellmnn"},
      {"cellmnn-two-sided", without_next, predict_two_sided, two_sided_steps, true, "", nullptr,
       forward_part},
      {"cellmnn-two-sided-ensemble", without_next, nullptr, nullptr, false, "cellmnn-two-sided"},
  });
  return methods;
}

const Method& method_named(std::string_view name, const std::vector<Method>& methods) {
  std::string names;
  for (const Method& method : methods) {
    if (method.name == name) return method;
    names += (names.empty() ? "" : ", ") + method.name;
  }
  throw Error(ErrorCode::usage, "there is no method '" + std::string(name) + "': expected one of " + names);
}

Prediction against_all(PointCloud cloud, const PredictionTask& task) {
  return {std::move(cloud), task.metric(task.held_out.cells)};
}

PointCloud pooled(const std::vector<PointCloud>& members, std::uint64_t seed) {
  const auto all = [&](const auto& holds) {
    return !members.empty() && std::all_of(members.begin(), members.end(), holds);
  };
  if (all([&](const PointCloud& member) {
        return member.weights.size() == 0 && member.points.rows() == members.front().points.rows() &&
               member.points.cols() == members.front().points.cols();
      })) {
    PointCloud cloud = members.front();
    Rng rng(seed, kPoolStream);
    for (Index i = 0; i < cloud.points.rows(); ++i) {
      cloud.points.row(i) = members[static_cast<std::size_t>(rng.below(members.size()))].points.row(i);
    }
    return cloud;
  }
  if (all([&](const PointCloud& member) {
        return member.weights.size() > 0 && member.points.cols() == members.front().points.cols();
      })) {
    return drawn_from_each(members, seed);
  }
  throw Error(
      ErrorCode::bad_input,
      "an ensemble needs at least one prediction, all with weights, or all of the same cells without");
}

}  // namespace cellmnn
