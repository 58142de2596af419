#include "data/covariance.hpp"

#include <algorithm>
#include <numeric>

#include "cellmnn/row_blocks.hpp"

namespace cellmnn {
namespace {

/// What is subtracted from the values of each gene before they are multiplied.
Vector<double> centres_of(const GeneMoments& of_genes) {
  return (of_genes.mean.array().square() > of_genes.variance.array()).select(of_genes.mean, 0.0);
}

}  // namespace

void CovarianceProduct::multiply(const double* in, double* out) {
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

/// The entries by genes, each with the rest of its row from it on, in the order of the rows.
class GeneProducts::GeneOrder {
 public:
  GeneOrder(const CentredRows& rows, Index genes) : starts_(static_cast<std::size_t>(genes) + 1) {
    for (const std::int32_t gene : rows.genes) ++starts_[static_cast<std::size_t>(gene) + 1];
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    rests_.resize(rows.genes.size());
    std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
    for (std::size_t row = 0; row + 1 < rows.starts.size(); ++row) {
      const auto end = static_cast<std::size_t>(rows.starts[row + 1]);
      for (auto k = static_cast<std::size_t>(rows.starts[row]); k < end; ++k) {
        rests_[next[static_cast<std::size_t>(rows.genes[k])]++] = {k, end};
      }
    }
  }

  /// Calls f(begin, end) for the rests of the rows that have this gene, as places of entries.
  template <typename F>
  void for_rests(std::ptrdiff_t gene, const F& f) const {
    const std::size_t last = starts_[static_cast<std::size_t>(gene) + 1];
    for (std::size_t i = starts_[static_cast<std::size_t>(gene)]; i < last; ++i)
      f(rests_[i].begin, rests_[i].end);
  }

 private:
  struct Rest {
    std::size_t begin, end;
  };
  std::vector<std::size_t> starts_;
  std::vector<Rest> rests_;
};

GeneProducts::GeneProducts(const GeneMoments& of_genes)
    : shift_(centres_of(of_genes)),
      products_(Matrix<double>::Zero(of_genes.mean.size(), of_genes.mean.size())) {
  for (Index g = 0; g < shift_.size(); ++g) {
    if (shift_(g) != 0) shifted_.push_back(static_cast<std::int32_t>(g));
  }
}

void GeneProducts::collect(const SparseMatrix& x, Index cell) {
  const auto add = [&](std::int32_t gene, double value) {
    collected_.genes.push_back(gene);
    collected_.values.push_back(value - shift_(gene));
  };
  auto next = shifted_.begin();
  x.for_row(cell, [&](Index column, float value) {
    const auto gene = static_cast<std::int32_t>(column);
    for (; next != shifted_.end() && *next < gene; ++next) add(*next, 0);
    if (next != shifted_.end() && *next == gene) ++next;
    add(gene, static_cast<double>(value));
  });
  for (; next != shifted_.end(); ++next) add(*next, 0);
  collected_.starts.push_back(static_cast<Index>(collected_.genes.size()));
}

void GeneProducts::add_collected(Executor& executor) {
  const GeneOrder order(collected_, products_.cols());
  executor.run(products_.cols(), [&](std::ptrdiff_t gene) {
    double* const sums = products_.row(gene).data();
    order.for_rests(gene, [&](std::size_t own, std::size_t end) {
      const double value = collected_.values[own];
      for (std::size_t k = own; k < end; ++k) sums[collected_.genes[k]] += value * collected_.values[k];
    });
  });
  collected_.starts.resize(1);
  collected_.genes.clear();
  collected_.values.clear();
}

void GeneProducts::add(const SparseMatrix& x, const std::vector<Index>& cells, Executor& executor) {
  constexpr std::size_t kMostValues = std::size_t{1} << 21;  // 60 MB with their order
  for (const Index cell : cells) {
    collect(x, cell);
    if (collected_.genes.size() >= kMostValues) add_collected(executor);
  }
}

Vector<double> GeneProducts::take_products(Executor& executor) {
  add_collected(executor);
  const Index genes = products_.rows();
  Vector<double> triangle(genes * (genes + 1) / 2);
  double* next = triangle.data();
  for (Index i = 0; i < genes; ++i) next = std::copy(&products_(i, i), products_.row(i).data() + genes, next);
  products_.resize(0, 0);
  return triangle;
}

Matrix<double> covariance_matrix(const Vector<double>& products, const GeneMoments& of_genes, Index cells) {
  const Vector<double> mean = of_genes.mean - centres_of(of_genes);
  Matrix<double> result(mean.size(), mean.size());
  const double* next = products.data();
  for (Index i = 0; i < result.rows(); ++i) {
    for (Index j = i; j < result.cols(); ++j) {
      result(i, j) = *next++ / static_cast<double>(cells) - mean(i) * mean(j);
      result(j, i) = result(i, j);
    }
  }
  return result;
}

void symmetric_product(const Matrix<double>& matrix, const double* in, double* out, Executor& executor) {
  constexpr Index kRows = 64;
  const Vector<double> vector = Eigen::Map<const Vector<double>>(in, matrix.cols());
  executor.run((matrix.rows() + kRows - 1) / kRows, [&](std::ptrdiff_t block) {
    const Index begin = block * kRows, end = std::min(begin + kRows, matrix.rows());
    for (Index row = begin; row < end; ++row) out[row] = matrix.row(row).dot(vector);
  });
}

}  // namespace cellmnn
