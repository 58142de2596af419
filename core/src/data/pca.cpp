#include "cellmnn/pca.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>
#include <utility>

#include "base/eigenvalues.hpp"
#include "cellmnn/error.hpp"
#include "data/covariance.hpp"

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

using Product = std::function<void(const double*, double*)>;

/// The components of a covariance over `cells` cells, given by its product.
Components leading_components(const Product& multiply, const GeneMoments& of_genes, Index cells, Index dims,
                              bool fewer) {
  const Index genes = of_genes.mean.size();
  check_dims(dims, cells, genes, std::min(cells, genes) - 1);
  // ARPACK's habit is 2 dims + 1; a few more vectors save many restarts.
  const Index basis = std::min(genes, std::max<Index>(2 * dims + 1, dims + 30));
  auto [variance, loadings] = leading_eigen(genes, multiply, {dims, basis});
  const Index varying = (variance.array() > 1e-12 * of_genes.variance.sum()).count();
  if (varying < dims && !(fewer && varying >= 1)) {
    throw Error(ErrorCode::bad_input, "got a request for " + std::to_string(dims) +
                                          " principal components, but the expression varies in " +
                                          std::to_string(varying) + " directions only");
  }
  variance.conservativeResize(varying);
  loadings.conservativeResize(Eigen::NoChange, varying);
  fix_signs(loadings);
  return {loadings, of_genes.mean, variance};
}

/// Whether the covariance of so many genes takes less memory than their values.
bool is_smaller(const GeneMoments& of_genes) {
  const auto genes = static_cast<double>(of_genes.mean.size());
  return genes * genes < of_genes.found.sum();
}

Components components_of(const SparseMatrix& x, const std::vector<Index>& cells, const GeneMoments& of_genes,
                         Index dims, Executor& executor, bool fewer) {
  CovarianceProduct covariance(x, cells, of_genes.mean, executor);
  const auto multiply = [&](const double* in, double* out) { covariance.multiply(in, out); };
  return leading_components(multiply, of_genes, static_cast<Index>(cells.size()), dims, fewer);
}

/// The rows with a flag, in memory.
SparseMatrix rows_with(RowBlocks& x, const std::vector<bool>& flags) {
  SparseMatrix result;
  result.columns = x.columns();
  result.starts = {0};
  for (Index block = 0; block < x.blocks(); ++block) {
    const SparseMatrix rows = x.read(block);
    for (const Index row : flagged_rows(x, block, flags)) {
      rows.for_row(row, [&](Index gene, float value) {
        result.indices.push_back(static_cast<std::int32_t>(gene));
        result.values.push_back(value);
      });
      result.starts.push_back(result.entries());
    }
  }
  result.rows = static_cast<Index>(result.starts.size()) - 1;
  return result;
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

Matrix<float> Components::scores(const SparseMatrix& x, Executor& executor) const {
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

ComponentFit::ComponentFit(GeneMoments of_genes, Index cells, Index dims, bool fewer)
    : of_genes_(std::move(of_genes)), cells_(cells), dims_(dims), fewer_(fewer) {
  const Index genes = of_genes_.mean.size();
  check_dims(dims, cells, genes, std::min(cells, genes) - 1);
}

bool ComponentFit::sums_products() const { return is_smaller(of_genes_); }

Vector<double> ComponentFit::products(RowBlocks& x, ShareBlocks blocks, const std::vector<bool>& fitted,
                                      Executor& executor) const {
  GeneProducts products(of_genes_);
  for (Index block = blocks.begin; block < blocks.end; ++block) {
    products.add(x.read(block), flagged_rows(x, block, fitted), executor);
  }
  return products.take_products(executor);
}

Components ComponentFit::from_products(const Vector<double>& products, Executor& executor) const {
  const Matrix<double> matrix = covariance_matrix(products, of_genes_, cells_);
  const auto multiply = [&](const double* in, double* out) { symmetric_product(matrix, in, out, executor); };
  return leading_components(multiply, of_genes_, cells_, dims_, fewer_);
}

Components ComponentFit::from_values(RowBlocks& x, const std::vector<bool>& fitted,
                                     Executor& executor) const {
  std::vector<Index> all_cells(static_cast<std::size_t>(cells_));
  std::iota(all_cells.begin(), all_cells.end(), Index{0});
  return components_of(rows_with(x, fitted), all_cells, of_genes_, dims_, executor, fewer_);
}

Pca principal_components(const SparseMatrix& x, const std::vector<Index>& cells, Index dims,
                         Executor& executor, bool fewer) {
  const auto fitted = static_cast<Index>(cells.size());
  check_dims(dims, fitted, x.columns, std::min(fitted, x.columns) - 1);
  const GeneMoments of_genes = moments(x, cells, executor);
  Components components;
  if (is_smaller(of_genes)) {
    GeneProducts products(of_genes);
    products.add(x, cells, executor);
    const ComponentFit fit(of_genes, fitted, dims, fewer);
    components = fit.from_products(products.take_products(executor), executor);
  } else {
    components = components_of(x, cells, of_genes, dims, executor, fewer);
  }
  return {components.scores(x, executor), components.loadings.cast<float>(), components.mean.cast<float>(),
          components.variance};
}

}  // namespace cellmnn
