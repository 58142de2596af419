/// Displacement interpolation (McCann, "A convexity principle for interacting gases", 1997): every mass of an
/// optimal plan between two populations moves on a straight line at constant speed.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/point_cloud.hpp"
#include "cellmnn/wasserstein.hpp"

namespace cellmnn {

/// Up to which size a plan is exact, and what is done beyond it.
struct PlanLimits {
  double exact_pairs = 20'000.0 * 20'000.0;  ///< n * m
  Index subset = 10'000;                     ///< points drawn of each larger cloud, with replacement
};

/// The exact plan from `begin` (n, D) to `end` (m, D), both with their weights. Beyond the limit it is the
/// plan between subsets that `seed` draws; its entries name rows of the whole clouds all the same.
std::vector<TransportEntry> displacement_plan(const PointCloud& begin, const PointCloud& end,
                                              TransportCost cost, std::uint64_t seed,
                                              const PlanLimits& limits = {});

/// For each entry of a plan the point that has gone this fraction of its way from begin (n, D) to
/// end (m, D), with the mass of the entry.
PointCloud displaced(const MatrixView<double>& begin, const MatrixView<double>& end,
                     const std::vector<TransportEntry>& plan, double fraction);

}  // namespace cellmnn
