/// What is known of the growth of single cells before training, such as from scores of proliferation and
/// apoptosis. In the loss the growth g of a cell is drawn to it instead of to 0.
#pragma once

#include "cellmnn/model_options.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn {

bool has_growth_prior(const TimeCourse& data);

/// Throws unless there is no prior, or a model with mass (usage), and every cell has a finite prior that g
/// can be (bad_input).
void validate_growth_prior(const TimeCourse& data, const ModelConfig& config, const TimeScale& scale);

}  // namespace cellmnn
