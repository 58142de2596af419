#include "cellmnn/pca.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <string>

#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

/// An eigenvector is defined up to its sign.
void fix_signs(Eigen::MatrixXd& vectors) {
  for (auto column : vectors.colwise()) {
    Index largest = 0;
    column.cwiseAbs().maxCoeff(&largest);
    if (column(largest) < 0) column = -column;
  }
}

}  // namespace

Pca principal_components(const MatrixView<float>& x, Index dims) {
  const Index most = std::min(x.rows(), x.cols());
  if (dims < 1 || dims > most) {
    throw Error(ErrorCode::bad_input, "got a request for " + std::to_string(dims) +
                                          " principal components of " + std::to_string(x.rows()) +
                                          " cells with " + std::to_string(x.cols()) +
                                          " genes: expected 1 to " + std::to_string(most));
  }
  if (!x.allFinite()) {
    throw Error(ErrorCode::bad_input,
                "cannot compute principal components: the expression has values that are not finite");
  }

  const Eigen::RowVectorXd mean = x.cast<double>().colwise().mean();
  const Eigen::MatrixXd centred = x.cast<double>().rowwise() - mean;
  const Eigen::MatrixXd covariance = centred.transpose() * centred / static_cast<double>(x.rows());

  // Eigenvalues come in ascending order; rounding may leave those of a singular matrix just below 0.
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
  Eigen::MatrixXd loadings = solver.eigenvectors().rowwise().reverse().leftCols(dims);
  fix_signs(loadings);
  return {(centred * loadings).cast<float>(), loadings.cast<float>(), mean.transpose().cast<float>(),
          solver.eigenvalues().reverse().head(dims).cwiseMax(0.0)};
}

}  // namespace cellmnn
