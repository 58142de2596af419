/// Distances between distributions that are means over all pairs of points. The estimates are biased:
/// the means include the pairs of a point with itself, so that two samples of one distribution score
/// above 0, by a few times 1/n + 1/m. The Laplace MMD is in mmd.hpp.
///
/// Weights are normalised to sum 1; an empty vector means uniform. The work is cut into blocks: memory
/// for one copy of the points, not for their pairs; time in proportion to (n + m)^2 D. All throw
/// bad_input on an empty set or different D.
#pragma once

#include <array>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Of the kernels exp(-gamma |x - y|^2), as in CellOT (Bunne et al., Nature Methods 2023) and after it
/// in most work on perturbed cells.
inline constexpr std::array<double, 6> kRbfGammas = {2, 1, 0.5, 0.1, 0.01, 0.005};

/// MMD^2 between u (n, D) and v (m, D), the mean over kRbfGammas.
double rbf_mmd2(const MatrixView<double>& u, const MatrixView<double>& v, Executor& executor,
                const Vector<double>& u_weights = {}, const Vector<double>& v_weights = {});

/// 2 E|u - v| - E|u - u'| - E|v - v'| with the Euclidean norm (Szekely & Rizzo 2013), without a root,
/// in the unit of the coordinates.
double energy_distance(const MatrixView<double>& u, const MatrixView<double>& v, Executor& executor,
                       const Vector<double>& u_weights = {}, const Vector<double>& v_weights = {});

}  // namespace cellmnn
