/// How near a predicted cloud of points is to measured cells.
#pragma once

#include <cstdint>

#include "cellmnn/parallel.hpp"
#include "cellmnn/point_cloud.hpp"
#include "cellmnn/types.hpp"
#include "cellmnn/wasserstein.hpp"

namespace cellmnn {

/// Up to which size transport is exact, and what is done beyond it.
struct TransportLimits {
  double exact_pairs = 20'000.0 * 20'000.0;  ///< n * m
  Index subset = 5'000;                      ///< points drawn of each larger set
  Index subsets = 5;
};

struct TransportDistance {
  double value = 0;           ///< W1 or W2
  double standard_error = 0;  ///< of the mean over subsets; 0 if exact
  Index subset = 0;           ///< points of a subset; 0 if exact
};

/// W1 (euclidean) or W2 (squared_euclidean) between a cloud and uniform points (m, D). Beyond the limit
/// it is the mean over random subsets, each drawn with replacement from both sets. That is larger than
/// the exact value in expectation (transport is convex in the pair of distributions), by about the
/// distance of two subsets of one distribution, which the noise floor shows; the standard error does
/// not cover this bias.
TransportDistance transport_distance(const PointCloud& cloud, const MatrixView<double>& target,
                                     TransportCost cost, std::uint64_t seed,
                                     const TransportLimits& limits = {});

struct Metrics {
  double w1 = 0;       ///< Wasserstein-1, Euclidean cost
  double w2 = 0;       ///< Wasserstein-2
  double mmd = 0;      ///< biased MMD^2, Laplace kernel with sigma 1 (mmd.hpp)
  double rbf_mmd = 0;  ///< biased MMD^2, mean over the RBF kernels of discrepancy.hpp
  double energy = 0;   ///< energy distance
  double w1_se = 0;    ///< standard errors; 0 if exact
  double w2_se = 0;
  Index subset = 0;  ///< points of a subset for w1 and w2; 0 if exact. The others use all points.

  /// What the population is made of (composition.hpp), not known to measure(). NaN where the data have no
  /// types of cells, or no genes.
  double proportions = kNotKnown;  ///< total variation of the shares of types
  double gene_means = kNotKnown;   ///< root mean square error of the means of genes

  /// (m): how w1 grows with the weight of each target point, to first order, up to a constant; empty unless
  /// exact.
  Vector<double> w1_by_target = {};
};

/// All metrics of a cloud against uniform points (m, D); `seed` chooses the subsets.
Metrics measure(const PointCloud& predicted, const MatrixView<double>& target, std::uint64_t seed,
                Executor& executor);

}  // namespace cellmnn
