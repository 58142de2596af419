/// Squared maximum mean discrepancy with the Laplace kernel
/// k(u, v) = exp(-max(|u - v|_1 / D, 1e-8) / sigma).
#pragma once

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// The biased estimate (the means include the diagonal) between u (n, D) and v (m, D). Weights are
/// normalised to sum 1; an empty vector means uniform. Needs memory for one copy of the points, not
/// for their pairs. Throws bad_input on an empty set or different D.
double mmd2(const MatrixView<double>& u, const MatrixView<double>& v, double sigma, Executor& executor,
            const Vector<double>& u_weights = {}, const Vector<double>& v_weights = {});

}  // namespace cellmnn
