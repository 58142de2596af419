#include "cellmnn/fate_drivers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "base/for_blocks.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr Index kGenes = 64;  // of a block
constexpr double kOfFollowers = 0.3;

/// Places in ascending order of their keys.
std::vector<Index> ascending(const Vector<double>& keys) {
  std::vector<Index> order(static_cast<std::size_t>(keys.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return keys(a) < keys(b); });
  return order;
}

/// Rows of 0 and 1, an upper and a lower quarter of the cells each: (2 K, N).
class Quarters {
 public:
  Quarters(Index pairs, Index cells) : of_cells_(Matrix<float>::Zero(2 * pairs, cells)), size_(cells / 4) {}

  /// The first of `order` are the lower quarter, the last the upper one.
  void set(Index pair, const std::vector<Index>& order) {
    for (Index k = 0; k < size_; ++k) {
      of_cells_(2 * pair, order[order.size() - 1 - static_cast<std::size_t>(k)]) = 1;
      of_cells_(2 * pair + 1, order[static_cast<std::size_t>(k)]) = 1;
    }
  }

  Index pairs() const { return of_cells_.rows() / 2; }
  const Matrix<float>& of_cells() const { return of_cells_; }
  double size() const { return static_cast<double>(size_); }

 private:
  Matrix<float> of_cells_;
  Index size_;
};

/// (pairs, G)
struct Comparison {
  Comparison(Index pairs, Index genes) : difference(pairs, genes), variance(pairs, genes) {}

  Matrix<double> difference;
  Matrix<double> variance;  ///< sum of both quarters', unbiased
};

Comparison compared(const MatrixView<float>& expression, const Quarters& quarters, Executor& executor) {
  const Index pairs = quarters.pairs(), genes = expression.cols();
  const double size = quarters.size();
  Comparison result(pairs, genes);
  for_blocks(genes, kGenes, executor, [&](Index begin, Index count) {
    Matrix<float> x = expression.middleCols(begin, count);
    x.rowwise() -= x.colwise().mean().eval();  // less is lost when squares are subtracted
    const Matrix<double> means = (quarters.of_cells() * x).cast<double>() / size;
    x = x.cwiseAbs2();
    const Matrix<double> squares = (quarters.of_cells() * x).cast<double>() / size;
    const Matrix<double> variances =
        (squares.array() - means.array().square()).max(0).matrix() * (size / (size - 1));
    for (Index pair = 0; pair < pairs; ++pair) {
      result.difference.row(pair).segment(begin, count) = means.row(2 * pair) - means.row(2 * pair + 1);
      result.variance.row(pair).segment(begin, count) = variances.row(2 * pair) + variances.row(2 * pair + 1);
    }
  });
  return result;
}

/// |t|, or 0 where nothing varies.
double size_of(double difference, double variance, double cells) {
  return variance > 1e-12 ? std::abs(difference) / std::sqrt(variance / cells) : 0;
}

/// Those of each fate.
Quarters quarters_of(const Matrix<double>& probabilities) {
  const Index cells = probabilities.rows();
  if (cells < kLeastCellsForDrivers) {
    throw Error(ErrorCode::bad_input, std::to_string(cells) +
                                          " cells are too few to compare their quarters; at least " +
                                          std::to_string(kLeastCellsForDrivers) + " are needed");
  }
  Quarters quarters(probabilities.cols(), cells);
  for (Index f = 0; f < probabilities.cols(); ++f) quarters.set(f, ascending(probabilities.col(f)));
  return quarters;
}

std::vector<double> null_sizes(const MatrixView<float>& expression, const DriverOptions& options,
                               Executor& executor) {
  Quarters quarters(options.permutations, expression.rows());
  std::vector<Index> order(static_cast<std::size_t>(expression.rows()));
  for (Index k = 0; k < options.permutations; ++k) {
    std::iota(order.begin(), order.end(), Index{0});
    Rng rng(options.seed, static_cast<std::uint64_t>(k));
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[static_cast<std::size_t>(rng.below(i))]);
    }
    quarters.set(k, order);
  }
  const Comparison found = compared(expression, quarters, executor);
  std::vector<double> sizes;
  for (Index i = 0; i < found.difference.size(); ++i) {
    sizes.push_back(size_of(found.difference.data()[i], found.variance.data()[i], quarters.size()));
  }
  std::sort(sizes.begin(), sizes.end());
  return sizes;
}

Vector<double> benjamini_hochberg(const Vector<double>& p) {
  const std::vector<Index> order = ascending(p);
  Vector<double> q(p.size());
  double least = 1;
  for (std::size_t rank = order.size(); rank-- > 0;) {
    least = std::min(least, p(order[rank]) * static_cast<double>(p.size()) / static_cast<double>(rank + 1));
    q(order[rank]) = least;
  }
  return q;
}

}  // namespace

std::vector<FateDrivers> fate_drivers(const MatrixView<float>& expression,
                                      const Matrix<double>& probabilities, const DriverOptions& options,
                                      Executor& executor) {
  const Index genes = expression.cols(), fates = probabilities.cols();
  const Quarters quarters = quarters_of(probabilities);
  const Comparison found = compared(expression, quarters, executor);
  const std::vector<double> null = null_sizes(expression, options, executor);
  std::vector<FateDrivers> drivers;
  for (Index f = 0; f < fates; ++f) {
    FateDrivers of{found.difference.row(f),
                   (found.variance.row(f) / quarters.size()).cwiseSqrt(),
                   Vector<double>::Zero(genes),
                   Vector<double>::Ones(genes),
                   {}};
    for (Index g = 0; g < genes; ++g) {
      const double variance = found.variance(f, g);
      if (variance > 1e-12) of.effect(g) = of.difference(g) / std::sqrt(variance / 2);
      const double size = size_of(of.difference(g), variance, quarters.size());
      const auto as_large = null.end() - std::lower_bound(null.begin(), null.end(), size);
      of.p(g) = (1 + static_cast<double>(as_large)) / (1 + static_cast<double>(null.size()));
    }
    of.q = benjamini_hochberg(of.p);
    drivers.push_back(std::move(of));
  }
  return drivers;
}

Matrix<double> quarter_differences(const MatrixView<float>& expression, const Matrix<double>& probabilities,
                                   Executor& executor) {
  return compared(expression, quarters_of(probabilities), executor).difference;
}

Matrix<double> differences_at_end(const MatrixView<float>& expression, const Matrix<double>& probabilities,
                                  Executor& executor) {
  if (expression.rows() < kLeastCellsForDrivers)
    return Matrix<double>::Zero(probabilities.cols(), expression.cols());
  return quarter_differences(expression, probabilities, executor);
}

std::vector<Index> ranked_drivers(const Vector<double>& difference, const Vector<double>& at_end) {
  return ascending(kOfFollowers * at_end.cwiseAbs() - difference.cwiseAbs());
}

}  // namespace cellmnn
