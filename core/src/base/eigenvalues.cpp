#include "base/eigenvalues.hpp"

#include <Spectra/SymEigsSolver.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <string>

#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

/// The matrix as Spectra wants it.
struct Product {
  using Scalar = double;

  Index n;
  const std::function<void(const double*, double*)>& multiply;

  Index rows() const { return n; }
  Index cols() const { return n; }
  void perform_op(const double* in, double* out) const { multiply(in, out); }
};

}  // namespace

SymmetricEigen symmetric_eigen(const Eigen::MatrixXd& matrix) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  return {solver.eigenvalues(), solver.eigenvectors()};
}

GeneralEigen general_eigen(const Eigen::MatrixXd& matrix) {
  const Eigen::EigenSolver<Eigen::MatrixXd> solver(matrix);
  return {solver.eigenvalues(), solver.eigenvectors()};
}

Eigen::VectorXcd sorted_eigenvalues(const Eigen::MatrixXd& matrix) {
  const Eigen::EigenSolver<Eigen::MatrixXd> solver(matrix, false);
  Eigen::VectorXcd values = solver.eigenvalues();
  std::stable_sort(values.begin(), values.end(),
                   [](const auto& u, const auto& v) { return u.real() > v.real(); });
  return values;
}

LeadingEigen leading_eigen(Index n, const std::function<void(const double*, double*)>& multiply,
                           const LeadingEigenOptions& options) {
  Product product{n, multiply};
  Spectra::SymEigsSolver<Product> solver(product, options.count, options.basis);
  solver.init();
  solver.compute(Spectra::SortRule::LargestAlge, options.most_restarts, options.tolerance);
  if (solver.info() != Spectra::CompInfo::Successful) {
    throw Error(ErrorCode::numerical,
                "the " + std::to_string(options.count) + " largest eigenvalues have not converged after " +
                    std::to_string(options.most_restarts) + " restarts: ask for fewer components");
  }
  return {solver.eigenvalues(), solver.eigenvectors()};
}

}  // namespace cellmnn
