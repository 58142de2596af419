/// A snapshot that is held out, what may be used to predict it, and how near a prediction came.
///
/// All distances are taken in the metric space: latent coordinates whitened by all cells of the
/// whole time course, as in the paper. A model is trained on the training snapshots only, with
/// whitening of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cellmnn/metrics.hpp"
#include "cellmnn/model.hpp"
#include "cellmnn/time_course.hpp"
#include "cellmnn/two_sided.hpp"

namespace cellmnn {

/// What may be used of the held-out snapshot while training.
enum class Protocol {
  honest,  ///< nothing: all steps are done, the last (or averaged) weights are taken
  paper,  ///< the released code's: the best weights on the held-out cells are kept (selected on the test set)
};

struct PredictionTask {
  TimeCourse training;  ///< in the user's coordinates
  Index source = 0;     ///< the last snapshot of `training` before the held-out time: predictions start there
  Snapshot held_out;    ///< for the score; Protocol::paper also selects on it
  LatentSpace metric_space;

  const Snapshot& previous() const { return training.snapshots[static_cast<std::size_t>(source)]; }
  /// The first training snapshot after the held-out time, or null if the task is an extrapolation.
  const Snapshot* next() const;
  /// The user's coordinates (n, D) in the metric space (n, D).
  Matrix<double> metric(const MatrixView<float>& cells) const;
};

/// Holds out the snapshot with this index and the `ahead` - 1 snapshots before it, so that a prediction
/// has `ahead` steps of the time course to bridge. If it is the last snapshot, the task is an
/// extrapolation from the data before. Throws bad_input if there is no snapshot to start from, or fewer
/// than two are left to train on.
PredictionTask prediction_task(const TimeCourse& data, Index held_out, Index ahead = 1);

/// The cells of the previous snapshot moved to the held-out time by the model, in the metric space.
PointCloud predicted_cloud(const CellMnn& model, const PredictionTask& task, Executor& executor);

/// The population of `data` at the held-out time by both networks, in the metric space. None where the time
/// is one of the model's training, or not between such.
std::optional<PointCloud> predicted_cloud(const TwoSidedModel& model, const TimeCourse& data,
                                          const PredictionTask& task, const BetweenOptions& options,
                                          std::uint64_t seed, Executor& executor);

/// What a population is made of.
struct Composition {
  Vector<double> shares;  ///< (types) of sum 1; empty where no type is known
  Vector<double> mean;    ///< (D) in the user's coordinates
};

/// One scored prediction.
struct Score {
  std::string method;    ///< a name of methods.hpp
  std::string protocol;  ///< "honest" or "paper" for trained methods, "-" for the others
  double hold_out = 0;   ///< the held-out time
  std::uint64_t seed = 0;
  Metrics metrics;
  double seconds = 0;            ///< training and prediction, without the score
  Composition composition = {};  ///< of what was predicted, in a suite
};

/// What a given model needs for its score on one snapshot, predicted from the snapshot before it. Throws
/// bad_input for the first snapshot.
PredictionTask scoring_task(const TimeCourse& data, Index target);

/// The score of a given model in scoring_task().
Score score_model(const TimeCourse& data, Index target, const CellMnn& model, Executor& executor);

/// The score of a population between two snapshots; none where there is no such.
std::optional<Score> score_two_sided(const TimeCourse& data, Index target, const TwoSidedModel& model,
                                     const BetweenOptions& options, Executor& executor);

}  // namespace cellmnn
