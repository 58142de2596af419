/// The baseline `linear`: one linear equation for all cells and times, dx/dt = A x + b.
///
/// It is a Cell-MNN whose encoder has lost its inputs: trained by the same Trainer with the same loss,
/// batches and schedule. What Cell-MNN scores better is what local operators are worth.
#pragma once

#include "cellmnn/trainer.hpp"

namespace cellmnn {

/// The options with which Trainer trains the linear model instead.
TrainOptions linear_model(TrainOptions options);

}  // namespace cellmnn
