/// The covariance of the genes of a sparse matrix, C = (X - 1 m^T)^T (X - 1 m^T) / n: applied, or summed.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/preprocess.hpp"
#include "cellmnn/sparse.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// v -> C v over some cells of a matrix in memory.
class CovarianceProduct {
 public:
  CovarianceProduct(const SparseMatrix& x, const std::vector<Index>& cells, const Vector<double>& mean,
                    Executor& executor)
      : x_(x), cells_(cells), mean_(mean), executor_(executor), partial_(kCellBlocks, x.columns) {}

  void multiply(const double* in, double* out);

 private:
  const SparseMatrix& x_;
  const std::vector<Index>& cells_;
  const Vector<double>& mean_;
  Executor& executor_;
  Matrix<double> partial_;
};

/// The sums of products of genes of which covariance_matrix() makes C, of cells that come in blocks. Every
/// entry is summed in the order of the cells, so that blocks and threads change no bit. Genes with mean^2 >
/// variance, which are found in more than half of the cells, are centred first: the others lose no digits
/// when the means are subtracted last.
class GeneProducts {
 public:
  explicit GeneProducts(const GeneMoments& of_genes);

  void add(const SparseMatrix& x, const std::vector<Index>& cells, Executor& executor);

  /// The sums of products (G (G + 1) / 2): those of each gene with itself and later ones. Ends the summing.
  Vector<double> take_products(Executor& executor);

 private:
  /// Rows of which the values of some genes are centred, and then none of these is absent.
  struct CentredRows {
    std::vector<Index> starts = {0};
    std::vector<std::int32_t> genes;
    std::vector<double> values;
  };
  class GeneOrder;
  void collect(const SparseMatrix& x, Index cell);
  void add_collected(Executor& executor);

  Vector<double> shift_;  ///< (G) what is subtracted first
  std::vector<std::int32_t> shifted_;
  CentredRows collected_;    ///< not yet in the products, which many cells together take from memory once
  Matrix<double> products_;  ///< (G, G) upper triangle
};

/// C as a matrix (G, G), of the products of so many cells.
Matrix<double> covariance_matrix(const Vector<double>& products, const GeneMoments& of_genes, Index cells);

/// out = matrix in, for a symmetric matrix (n, n).
void symmetric_product(const Matrix<double>& matrix, const double* in, double* out, Executor& executor);

}  // namespace cellmnn
