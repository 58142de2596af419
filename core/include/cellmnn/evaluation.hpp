/// Leave-one-out scores: how near predicted cells are to cells the model has not seen.
///
/// All distances are taken in the metric space: latent coordinates whitened by all cells of the
/// whole time course, as in the paper. A model is trained on the training snapshots only, with
/// whitening of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/model.hpp"
#include "cellmnn/time_course.hpp"
#include "cellmnn/trainer.hpp"

namespace cellmnn {

/// What may be used of the held-out snapshot while training.
enum class Protocol {
  honest,  ///< nothing: all steps are done, the last (or averaged) weights are taken
  paper,  ///< the released code's: the best weights on the held-out cells are kept (selected on the test set)
};

struct Score {
  std::string method;    ///< "cellmnn", "previous", "next", "mixture", "ot-interpolate", "noise-floor"
  std::string protocol;  ///< "honest" or "paper" for trained methods, "-" for the others
  double hold_out = 0;   ///< the held-out time
  std::uint64_t seed = 0;
  double w1 = 0;  ///< exact Wasserstein-1, Euclidean cost
  double w2 = 0;
  double mmd = 0;      ///< biased Laplace MMD^2 with sigma 1
  double seconds = 0;  ///< training and prediction; 0 for methods that are not trained
};

/// A cloud of points that stands for a distribution.
struct PointCloud {
  Matrix<double> points;   ///< (n, D) in the metric space
  Vector<double> weights;  ///< (n), or empty for uniform
};

/// W1, W2 and MMD^2 of a predicted cloud against held-out cells (m, D), both in the metric space.
Score score(const PointCloud& predicted, const MatrixView<double>& held_out);

/// The predictions that need no training, and the two-random-halves noise floor, for one hold-out.
///   previous        all cells of the snapshot before
///   next            all cells of the snapshot after
///   mixture         both, weighted by nearness in time
///   ot-interpolate  the exact W1 plan between both, each pair interpolated linearly in time
///   noise-floor     one random half of the held-out cells against the other: no method can be
///                   expected to score much lower
std::vector<Score> baseline_scores(const TimeCourse& data, Index held_out, std::uint64_t seed);

/// Calls of a running evaluation: steps done of the current training; return false to stop.
using TrainingProgress = std::function<bool(Index done, Index total)>;

/// Trains on all snapshots but `held_out` and scores the prediction of all cells of the previous
/// snapshot. Protocol::paper checks the held-out W1 every 10 epochs with a patience of 10 checks,
/// an epoch being (training cells / batch) steps. Throws interrupted if `progress` returns false.
Score train_and_score(const TimeCourse& data, Index held_out, const TrainOptions& options, Protocol protocol,
                      Executor& executor, const TrainingProgress& progress = {});

/// Scores a given model on one snapshot, predicted from the snapshot before it.
Score score_model(const TimeCourse& data, Index target, const CellMnn& model, Executor& executor);

}  // namespace cellmnn
