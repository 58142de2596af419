/// All methods that predict a held-out snapshot, behind one interface.
///
///   previous           all cells of the snapshot before
///   next               all cells of the snapshot after
///   mixture            both, weighted by nearness in time
///   ot-interpolate     the exact W1 plan between both, each pair interpolated linearly in time
///   ot-interpolate-w2  the same with the W2 plan
///   linear             one A and one b for all cells and times, trained like a Cell-MNN
///   i-cfm, ot-cfm      conditional flow matching, with independent pairs or minibatch plans
///   ot-cfm-full        the same with exact plans between the whole snapshots
///   cellmnn            a Cell-MNN moves the cells of the snapshot before
///   cellmnn-ensemble   the same cells, each moved by one of the models of several seeds
///   cellmnn-two-sided  the population by it and by a second one of the mirrored course (two_sided.hpp)
///   cellmnn-two-sided-ensemble  as many points, drawn from those of several seeds
///   noise-floor        one random half of the held-out cells against the other, several times: what chance
///                      alone makes of equal distributions. Halves are smaller than snapshots, and fewer
///                      cells have larger distances, so that a good method may score lower
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cellmnn/evaluation.hpp"
#include "cellmnn/flow_matching_options.hpp"
#include "cellmnn/train_options.hpp"
#include "cellmnn/two_sided.hpp"

namespace cellmnn {

struct MethodOptions {
  TrainOptions training;              ///< of cellmnn and linear; its seed is replaced
  FlowMatchingOptions flow_matching;  ///< of the three; its seed and coupling are replaced
  Protocol protocol = Protocol::honest;
  std::vector<TimeCourse> others;  ///< with which cellmnn is trained jointly
  BetweenOptions between;          ///< of cellmnn-two-sided

  /// The networks of cellmnn-two-sided have mass where has_cells_for_mass() and WebAssembly do not forbid it,
  /// also if the model of `training` has none.
  bool mass_by_cells = true;

  /// Steps of each network of cellmnn-two-sided; none for those of `training`. Usual are kTwoSidedSteps.
  std::optional<Index> two_sided_steps = {};
};

/// A predicted cloud and the cells it is scored against, both in the metric space.
struct Prediction {
  PointCloud cloud;
  Matrix<double> target;
  std::vector<Index> target_rows = {};  ///< of the held-out snapshot; empty for all
};

/// Steps done and all steps of a training; return false to stop, which throws interrupted.
using TrainingProgress = std::function<bool(Index done, Index total)>;

struct MethodInput {
  const PredictionTask& task;
  const MethodOptions& options;
  std::uint64_t seed;
  Executor& executor;
  const TrainingProgress& progress;  ///< may be empty

  /// Takes the prediction of the method that is made on the way to this one, Method::part; null if it is not
  /// wanted.
  const std::function<void(Prediction)>* part = nullptr;
};

inline constexpr const char* kNoiseFloor = "noise-floor";

struct Method {
  std::string name;
  /// Why the method has no answer to a task; empty if it has one.
  std::string (*obstacle)(const PredictionTask&);
  Prediction (*predict)(const MethodInput&);
  /// Steps of a training; null if the method is not trained.
  Index (*steps)(const MethodOptions&) = nullptr;
  bool selects = false;  ///< heeds Protocol::paper; a trained method that does not is always honest
  /// The method whose predictions of all seeds are pooled instead of `predict`; empty for most.
  std::string members = {};
  /// Of the noise floor: how many halvings its mean is of. Null for the others.
  Index (*halvings)(const PredictionTask&) = nullptr;
  /// The method whose prediction, of the same seed, is made on the way to this one; empty if there is none.
  std::string (*part)(const PredictionTask&, const MethodOptions&) = nullptr;

  bool trained() const { return steps != nullptr; }
  bool pools() const { return !members.empty(); }
  /// "honest", "paper", or "-" if the method is not trained.
  std::string protocol(const MethodOptions& options) const;
  /// Of the predictions whose mean is the method's score: the given ones of a trained method, else the
  /// first. Halvings have seeds of their own, so that they are the same for everybody.
  std::vector<std::uint64_t> seeds(const PredictionTask& task, const std::vector<std::uint64_t>& given) const;
};

/// In the order of tables and files.
const std::vector<Method>& all_methods();

/// Those that need no training; the others need more code than a web page should load.
const std::vector<Method>& untrained_methods();

/// Throws usage with the names that exist.
const Method& method_named(std::string_view name, const std::vector<Method>& methods = all_methods());

/// As many points as a member has on average. Of members with uniform weights, which must all have the same
/// shape, each point is that of a random member; of others each gives an equal number, drawn by weight.
/// Throws bad_input where there is no member or the shapes do not fit.
PointCloud pooled(const std::vector<PointCloud>& members, std::uint64_t seed);

}  // namespace cellmnn
