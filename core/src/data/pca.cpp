#include "cellmnn/pca.hpp"

#include <algorithm>
#include <string>

#include "base/eigenvalues.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/preprocess.hpp"

namespace cellmnn {
namespace {

void check_dims(Index dims, Index cells, Index genes, Index most) {
  if (dims >= 1 && dims <= most) return;
  throw Error(ErrorCode::bad_input, "got a request for " + std::to_string(dims) +
                                        " principal components of " + std::to_string(cells) + " cells with " +
                                        std::to_string(genes) + " genes: expected 1 to " +
                                        std::to_string(std::max<Index>(most, 0)));
}

/// An eigenvector is defined up to its sign.
void fix_signs(Eigen::MatrixXd& vectors) {
  for (auto column : vectors.colwise()) {
    Index largest = 0;
    column.cwiseAbs().maxCoeff(&largest);
    if (column(largest) < 0) column = -column;
  }
}

/// v -> C v, where C = (X - 1 m^T)^T (X - 1 m^T) / n is the covariance over some cells.
class Covariance {
 public:
  Covariance(const SparseMatrix& x, const std::vector<Index>& cells, const Vector<double>& mean,
             Executor& executor)
      : x_(x), cells_(cells), mean_(mean), executor_(executor), partial_(kCellBlocks, x.columns) {}

  void multiply(const double* in, double* out) {
    const double shift = mean_.dot(Eigen::Map<const Vector<double>>(in, x_.columns));
    partial_.setZero();
    for_cell_blocks(static_cast<Index>(cells_.size()), executor_, [&](Index begin, Index end, Index block) {
      double* sums = partial_.row(block).data();
      for (Index i = begin; i < end; ++i) {
        const Index cell = cells_[static_cast<std::size_t>(i)];
        double score = -shift;
        x_.for_row(cell, [&](Index gene, float value) { score += static_cast<double>(value) * in[gene]; });
        x_.for_row(cell, [&](Index gene, float value) { sums[gene] += static_cast<double>(value) * score; });
      }
    });
    // What is left, m times the sum of the scores, is 0: they are centred.
    Eigen::Map<Vector<double>>(out, x_.columns) =
        partial_.colwise().sum().transpose() / static_cast<double>(cells_.size());
  }

 private:
  const SparseMatrix& x_;
  const std::vector<Index>& cells_;
  const Vector<double>& mean_;
  Executor& executor_;
  Matrix<double> partial_;
};

Matrix<float> scores_of(const SparseMatrix& x, const Vector<double>& mean, const Matrix<double>& loadings,
                        Executor& executor) {
  const Eigen::RowVectorXd shift = mean.transpose() * loadings;
  Matrix<float> scores(x.rows, loadings.cols());
  for_cell_blocks(x.rows, executor, [&](Index begin, Index end, Index) {
    Eigen::RowVectorXd score;
    for (Index cell = begin; cell < end; ++cell) {
      score = -shift;
      x.for_row(cell,
                [&](Index gene, float value) { score += static_cast<double>(value) * loadings.row(gene); });
      scores.row(cell) = score.cast<float>();
    }
  });
  return scores;
}

}  // namespace

Pca principal_components(const MatrixView<float>& x, Index dims) {
  check_dims(dims, x.rows(), x.cols(), std::min(x.rows(), x.cols()));
  if (!x.allFinite()) {
    throw Error(ErrorCode::bad_input,
                "cannot compute principal components: the expression has values that are not finite");
  }

  const Eigen::RowVectorXd mean = x.cast<double>().colwise().mean();
  const Eigen::MatrixXd centred = x.cast<double>().rowwise() - mean;
  const Eigen::MatrixXd covariance = centred.transpose() * centred / static_cast<double>(x.rows());

  // Eigenvalues come in ascending order; rounding may leave those of a singular matrix just below 0.
  const SymmetricEigen eigen = symmetric_eigen(covariance);
  Eigen::MatrixXd loadings = eigen.vectors.rowwise().reverse().leftCols(dims);
  fix_signs(loadings);
  return {(centred * loadings).cast<float>(), loadings.cast<float>(), mean.transpose().cast<float>(),
          eigen.values.reverse().head(dims).cwiseMax(0.0)};
}

Pca principal_components(const SparseMatrix& x, const std::vector<Index>& cells, Index dims,
                         Executor& executor, bool fewer) {
  const auto fitted = static_cast<Index>(cells.size());
  check_dims(dims, fitted, x.columns, std::min(fitted, x.columns) - 1);
  const GeneMoments of_genes = moments(x, cells, executor);
  Covariance covariance(x, cells, of_genes.mean, executor);
  // ARPACK's habit is 2 dims + 1; a few more vectors save many restarts.
  const Index basis = std::min(x.columns, std::max<Index>(2 * dims + 1, dims + 30));
  const auto multiply = [&](const double* in, double* out) { covariance.multiply(in, out); };
  auto [variance, loadings] = leading_eigen(x.columns, multiply, {dims, basis});
  const Index varying = (variance.array() > 1e-12 * of_genes.variance.sum()).count();
  if (varying < dims && !(fewer && varying >= 1)) {
    throw Error(ErrorCode::bad_input, "got a request for " + std::to_string(dims) +
                                          " principal components, but the expression varies in " +
                                          std::to_string(varying) + " directions only");
  }
  variance.conservativeResize(varying);
  loadings.conservativeResize(Eigen::NoChange, varying);
  fix_signs(loadings);
  return {scores_of(x, of_genes.mean, loadings, executor), loadings.cast<float>(),
          of_genes.mean.cast<float>(), variance};
}

}  // namespace cellmnn
