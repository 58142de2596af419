#include "base/eigenvalues.hpp"

#include <Spectra/SymEigsSolver.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <string>

#include "cellmnn/error.hpp"

#ifdef __EMSCRIPTEN__
namespace Eigen::internal {
/// Eigen's reflections H_0 ... H_(k-1) in one go, for solvers of more than 48 dimensions: here one by one,
/// since their products of triangles would take 4 % of the module. vectors: (rows of matrix, k), unit lower
/// trapezoid.
template <>
void apply_block_householder_on_the_left(Block<MatrixXd>& matrix, const Block<MatrixXd>& vectors,
                                         const VectorBlock<const VectorXd>& coefficients, bool forward) {
  VectorXd work(matrix.cols());
  const Index k = vectors.cols(), rows = matrix.rows();
  for (Index i = 0; i < k; ++i) {
    const Index at = forward ? k - 1 - i : i;
    matrix.bottomRows(rows - at).applyHouseholderOnTheLeft(vectors.col(at).tail(rows - at - 1),
                                                           coefficients(at), work.data());
  }
}
}  // namespace Eigen::internal
#endif

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
  // By insertion: they are few, and conjugates keep their order.
  for (auto next = values.begin(); next != values.end(); ++next) {
    const auto place = std::upper_bound(values.begin(), next, *next,
                                        [](const auto& u, const auto& v) { return u.real() > v.real(); });
    std::rotate(place, next, next + 1);
  }
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
