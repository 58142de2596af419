/// Eigenvalues and eigenvectors of small dense matrices; Eigen's solvers are compiled in this one place.
#pragma once

#include <complex>
#include <functional>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Of a symmetric matrix (n, n).
struct SymmetricEigen {
  Vector<double> values;    ///< (n), ascending
  Eigen::MatrixXd vectors;  ///< (n, n), one a column, orthonormal
};

SymmetricEigen symmetric_eigen(const Eigen::MatrixXd& matrix);

/// Of any square matrix (n, n); in no order, conjugates side by side.
struct GeneralEigen {
  Eigen::VectorXcd values;   ///< (n)
  Eigen::MatrixXcd vectors;  ///< (n, n), one a column
};

GeneralEigen general_eigen(const Eigen::MatrixXd& matrix);

/// The eigenvalues (n) of any square matrix (n, n), by descending real part.
Eigen::VectorXcd sorted_eigenvalues(const Eigen::MatrixXd& matrix);

/// The largest eigenvalues of a symmetric matrix (n, n) that is only given by its product.
struct LeadingEigen {
  Vector<double> values;    ///< (count), descending
  Eigen::MatrixXd vectors;  ///< (n, count), orthonormal
};

struct LeadingEigenOptions {
  Index count;  ///< below n
  Index basis;  ///< vectors that are kept: above count, at most n; more need fewer restarts
  Index most_restarts = 1000;
  double tolerance = 1e-11;  ///< of an eigenvalue, relative
};

/// multiply(in (n), out (n)) writes the product with the matrix. Implicitly restarted Lanczos (Spectra).
/// Throws numerical if it has not converged after all restarts.
LeadingEigen leading_eigen(Index n, const std::function<void(const double*, double*)>& multiply,
                           const LeadingEigenOptions& options);

}  // namespace cellmnn
