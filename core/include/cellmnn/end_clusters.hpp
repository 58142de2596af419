/// Clusters of the last snapshot as fates, where no labels say what the ends are.
#pragma once

#include "cellmnn/fates.hpp"

namespace cellmnn {

/// A number of clusters is taken if halves of the cells agree on it at least so much.
inline constexpr double kStableClusters = 0.8;
inline constexpr Index kMostClusters = 12;

struct EndClusters {
  KnownFates fates;      ///< "end 1", ..., the largest first
  double stability = 0;  ///< mean adjusted Rand index of clusterings of two halves, 1 is the same
};

/// K-means (k-means++ starts, the best of ten) in the coordinates of fates_of(). `count` clusters, or with 0
/// the most stable number up to kMostClusters, if its stability is at least kStableClusters. Stability: ten
/// times two random halves are clustered, all cells get the nearest centre of each, and the two assignments
/// are compared by the adjusted Rand index (Hubert & Arabie 1985). The seed decides all draws. Throws
/// bad_input where no number is stable, or there are fewer than ten cells a cluster.
EndClusters end_clusters(const TimeCourse& data, Index count, std::uint64_t seed, Executor& executor);

}  // namespace cellmnn
