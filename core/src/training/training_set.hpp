/// One data set as the trainer sees it: whitened snapshots, its loss, and a batch of its cells.
#pragma once

#include <vector>

#include "cellmnn/rng.hpp"
#include "cellmnn/time_course.hpp"
#include "cellmnn/trainer.hpp"
#include "training/objective.hpp"

namespace cellmnn {

class TrainingSet {
 public:
  /// Throws bad_input if the data cannot be trained on or have other dimensions than the options.
  TrainingSet(TimeCourse data, const TrainOptions& options);

  const Encoder<float>& encoder() const { return objective_.encoder(); }

  /// Fills the batch with cells, drawn with replacement.
  void draw(Rng& rng);

  /// The loss of the batch and its gradient: see Objective::gradient().
  LossParts gradient(const Vector<float>& parameters, bool report, Executor& executor,
                     Vector<float>& gradient) {
    return objective_.gradient(parameters, batch_, report, executor, gradient);
  }

  /// A model of this data set with these parameters of the encoder.
  CellMnn model(const ModelConfig& config, Vector<float> parameters) const;

 private:
  LatentSpace latent_;
  TimeScale time_scale_;
  double clock_;  ///< what the encoder is given, per unit of model time
  GeneSpace gene_space_;
  std::vector<double> times_;                 ///< of the snapshots, the user's
  std::vector<Matrix<float>> snapshots_;      ///< whitened
  std::vector<Vector<float>> growth_priors_;  ///< of their cells, per unit of model time; or empty
  Objective<float> objective_;
  Batch<float> batch_;
  std::vector<Index> rows_;  // drawn last
};

}  // namespace cellmnn
