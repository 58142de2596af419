/// The predictions behind the table of methods.cpp; all have the signature of Method::predict.
#pragma once

#include <cstdint>
#include <string>

#include "cellmnn/displacement.hpp"
#include "cellmnn/methods.hpp"

namespace cellmnn {

/// Of an exact plan between two snapshots.
inline constexpr double kMostPlanPairs = PlanLimits{}.exact_pairs;

std::string none(const PredictionTask& task);  ///< no obstacle
std::string without_next(const PredictionTask& task);

/// A cloud that is scored against all held-out cells.
Prediction against_all(PointCloud cloud, const PredictionTask& task);

// Without training (untrained_methods.cpp).

Prediction predict_previous(const MethodInput& input);
Prediction predict_next(const MethodInput& input);
Prediction predict_mixture(const MethodInput& input);
Prediction predict_noise_floor(const MethodInput& input);
/// Displacement interpolation of both snapshots, whose limits it has.
template <TransportCost cost>
Prediction predict_interpolated(const MethodInput& input);

// With training (trained_methods.cpp).

Prediction predict_linear(const MethodInput& input);
Prediction predict_cellmnn(const MethodInput& input);
Prediction predict_two_sided(const MethodInput& input);
/// How the networks of cellmnn-two-sided are trained.
TrainOptions two_sided_options(const PredictionTask& task, const MethodOptions& options);
template <Coupling coupling>
Prediction predict_flow_matching(const MethodInput& input);

}  // namespace cellmnn
