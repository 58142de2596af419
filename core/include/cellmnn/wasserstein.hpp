/// Exact optimal transport between two sets of points with the Euclidean metric.
#pragma once

#include <memory>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

enum class TransportCost {
  euclidean,          ///< |x - y|, whose optimal value is W1
  squared_euclidean,  ///< |x - y|^2, whose optimal value is W2 squared
};

/// Mass that moves from point `source` to point `target`; only positive masses are listed.
struct TransportEntry {
  Index source;
  Index target;
  double mass;
};

struct Transport {
  double value = 0;  ///< the optimal total cost
  double gap = 0;    ///< value minus the dual bound: the certificate of optimality, >= 0 up to rounding
  std::vector<TransportEntry> plan;  ///< at most n + m - 1 entries, ordered by (source, target)
  Vector<double> source_dual;        ///< (n): source_dual(i) + target_dual(j) <= cost(i, j)
  Vector<double> target_dual;        ///< (m)
};

/// Exact optimal transport from x (n, D) to y (m, D) with weights a (n) and b (m), which are
/// normalised to sum 1; an empty weight vector means uniform. Throws bad_input on an empty set,
/// different D, values that are not finite, or weights that are negative or all zero.
Transport optimal_transport(const MatrixView<double>& x, const MatrixView<double>& y, TransportCost cost,
                            const Vector<double>& a = {}, const Vector<double>& b = {});

/// Transport to one set of targets again and again. If the sources have moved a little since the last
/// call, and are as many and as heavy, the work begins at the plan of that call and is much faster.
class TransportSolver {
 public:
  /// Targets y (m, D) with weights b (m), as in optimal_transport().
  TransportSolver(const MatrixView<double>& y, TransportCost cost, const Vector<double>& b = {});
  ~TransportSolver();
  TransportSolver(TransportSolver&&) noexcept;
  TransportSolver& operator=(TransportSolver&&) noexcept;

  /// Sources x (n, D) with weights a (n), as in optimal_transport().
  Transport solve(const MatrixView<double>& x, const Vector<double>& a = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// W1: the least mean distance, in the unit of the coordinates.
double wasserstein1(const MatrixView<double>& x, const MatrixView<double>& y);

/// W2: the square root of the least mean squared distance.
double wasserstein2(const MatrixView<double>& x, const MatrixView<double>& y);

}  // namespace cellmnn
