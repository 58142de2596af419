/// What the loss asks of each source snapshot: which snapshots it predicts, with which weights, where it
/// meets its neighbours, and at which times its speed counts.
#pragma once

#include <vector>

#include "lanes/field.hpp"
#include "model/flow.hpp"
#include "training/loss_weights.hpp"
#include "training/objective.hpp"

namespace cellmnn {

/// A neighbour with whom a source has to agree about the population at a time between their own.
struct LossMeeting {
  std::size_t partner;          ///< the source of the neighbour
  std::size_t pair;             ///< of consecutive snapshots, the earlier one
  Index position;               ///< the place of this time in the source's positions
  std::size_t partner_meeting;  ///< the same meeting as the partner sees it
};

/// One source snapshot in the batch.
template <typename Scalar>
struct LossSource {
  Scalar time = 0;
  FlowTimes<Scalar> times;      ///< of the targets, then of the meetings; and of the kinetic term
  std::vector<Index> targets;   ///< snapshots with a weight that is not 0
  std::vector<double> weights;  ///< one a target
  std::vector<LossMeeting> meetings;
  Index first_row = 0;  ///< in the encoder's pass
  Field<Scalar> cells;  ///< (D, n)
  Field<Scalar> output, output_gradient;
  Field<Scalar> a, a_gradient;                  ///< (D*D, n)
  Field<Scalar> positions, positions_gradient;  ///< (T*D, n)
  LossWeights<Scalar> mass;                     ///< at the positions, for a model with mass
};

/// The sources of a loss, without cells.
template <typename Scalar>
std::vector<LossSource<Scalar>> loss_sources(const ObjectiveOptions& options);

/// What the MMDs of a source have of its targets alone, which has no gradient: the sum over targets of weight
/// times the mean of k(v, v').
template <typename Scalar>
double target_term(const LossSource<Scalar>& source, const std::vector<Matrix<Scalar>>& targets,
                   Scalar sigma);

}  // namespace cellmnn
