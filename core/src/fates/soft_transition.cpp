#include "fates/soft_transition.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/subset.hpp"

namespace cellmnn {
namespace {

constexpr Index kRows = 64, kColumns = 256;  // of a block of T
constexpr Index kMedianCells = 1'000;
constexpr std::uint64_t kMedianSeed = 1;

using Span = SoftTransition::Span;

std::vector<Span> spans(Index size, Index length) {
  std::vector<Span> result;
  for (Index begin = 0; begin < size; begin += length) {
    result.push_back({begin, std::min(length, size - begin)});
  }
  return result;
}

template <typename Task>
void for_spans(const std::vector<Span>& blocks, Executor& executor, const Task& task) {
  executor.run(static_cast<std::ptrdiff_t>(blocks.size()),
               [&](std::ptrdiff_t b) { task(blocks[static_cast<std::size_t>(b)]); });
}

/// Of an even number of values, the mean of the middle two; 1 if it is 0.
double median(Vector<double>& values) {
  const auto middle = values.begin() + values.size() / 2;
  std::nth_element(values.begin(), middle, values.end());
  double found = *middle;
  if (values.size() % 2 == 0) found = (found + *std::max_element(values.begin(), middle)) / 2;
  return found > 0 ? found : 1;
}

/// (M) of |a_i - u_j|^2 over i.
Vector<double> median_costs(const Matrix<double>& a, const Matrix<double>& u, Executor& executor) {
  const Matrix<double> few = a(random_subset(a.rows(), kMedianCells, kMedianSeed, 0), Eigen::all);
  Vector<double> medians(u.rows());
  for_spans(spans(u.rows(), kRows), executor, [&](const Span& later) {
    Vector<double> costs(few.rows());
    for (Index j = later.begin; j < later.begin + later.count; ++j) {
      costs = (few.rowwise() - u.row(j)).rowwise().squaredNorm();
      medians(j) = median(costs);
    }
  });
  return medians;
}

/// Running sums of exponentials, one a row: exp(largest) * total.
struct LogSums {
  explicit LogSums(Index rows)
      : largest(Eigen::ArrayXf::Constant(rows, -std::numeric_limits<float>::infinity())),
        total(Eigen::ArrayXd::Zero(rows)) {}

  /// Adds the columns of `block`, which becomes exp(block - largest). Returns what earlier sums are to be
  /// multiplied by, as `largest` has grown.
  Eigen::ArrayXd add(Matrix<float>& block) {
    const Eigen::ArrayXf now = largest.max(block.rowwise().maxCoeff().array());
    block.colwise() -= now.matrix();
    block = block.array().exp().matrix();
    Eigen::ArrayXd rescale = (largest - now).cast<double>().exp();
    total = total * rescale + block.rowwise().sum().cast<double>().array();
    largest = now;
    return rescale;
  }

  Vector<float> logs() const { return (largest.cast<double>() + total.log()).cast<float>(); }

  Eigen::ArrayXf largest;
  Eigen::ArrayXd total;
};

}  // namespace

SoftTransition::SoftTransition(const MatrixView<float>& starts, const MatrixView<float>& later,
                               double bandwidth, Executor& executor) {
  // The centre cancels in T; without it float32 loses nothing where all coordinates are large.
  centre_ = later.cast<double>().colwise().mean();
  const Matrix<double> a = starts.cast<double>().rowwise() - centre_,
                       u = later.cast<double>().rowwise() - centre_;
  const Vector<double> eps = bandwidth * median_costs(a, u, executor);
  starts_ = with_norms(a);
  later_.resize(a.cols() + 1, u.rows());
  later_ << (2 * u.transpose() * eps.cwiseInverse().asDiagonal()).cast<float>(),
      eps.cwiseInverse().transpose().cast<float>();
  log_share_.setZero(u.rows());
  for_spans(spans(u.rows(), kColumns), executor, [&](const Span& columns) {
    LogSums sums(columns.count);
    for (const Span& rows : spans(a.rows(), kRows)) {
      Matrix<float> block = logits(rows, columns).transpose();
      sums.add(block);
    }
    log_share_.segment(columns.begin, columns.count) = sums.logs();
  });
}

Matrix<float> SoftTransition::with_norms(const Matrix<double>& centred) {
  Matrix<float> result(centred.rows(), centred.cols() + 1);
  result << centred.cast<float>(), -centred.rowwise().squaredNorm().cast<float>();
  return result;
}

SoftTransition SoftTransition::from(const MatrixView<float>& starts) const {
  SoftTransition other = *this;
  other.starts_ = with_norms(starts.cast<double>().rowwise() - centre_);
  return other;
}

Matrix<float> SoftTransition::logits(const Span& rows, const Span& columns) const {
  Matrix<float> block(rows.count, columns.count);
  block.noalias() =
      starts_.middleRows(rows.begin, rows.count) * later_.middleCols(columns.begin, columns.count);
  block.rowwise() -= log_share_.segment(columns.begin, columns.count).transpose();
  return block;
}

Matrix<double> SoftTransition::of_later(const Matrix<double>& values, Executor& executor) const {
  const Matrix<float> wanted = values.cast<float>();
  Matrix<double> result(starts(), values.cols());
  const std::vector<Span> all_columns = spans(later(), kColumns);
  for_spans(spans(starts(), kRows), executor, [&](const Span& rows) {
    LogSums sums(rows.count);
    Matrix<double> products = Matrix<double>::Zero(rows.count, values.cols());
    for (const Span& columns : all_columns) {
      Matrix<float> block = logits(rows, columns);
      const Eigen::ArrayXd rescale = sums.add(block);
      const Matrix<float> part = block * wanted.middleRows(columns.begin, columns.count);
      products = rescale.matrix().asDiagonal() * products + part.cast<double>();
    }
    result.middleRows(rows.begin, rows.count) = sums.total.inverse().matrix().asDiagonal() * products;
  });
  return result;
}

Matrix<double> SoftTransition::of_starts(const Matrix<double>& weights, Executor& executor) const {
  Vector<float> log_rows(starts());
  const std::vector<Span> all_rows = spans(starts(), kRows), all_columns = spans(later(), kColumns);
  for_spans(all_rows, executor, [&](const Span& rows) {
    LogSums sums(rows.count);
    for (const Span& columns : all_columns) {
      Matrix<float> block = logits(rows, columns);
      sums.add(block);
    }
    log_rows.segment(rows.begin, rows.count) = sums.logs();
  });
  const Matrix<float> given = weights.cast<float>();
  Matrix<double> result = Matrix<double>::Zero(later(), weights.cols());
  for_spans(all_columns, executor, [&](const Span& columns) {
    for (const Span& rows : all_rows) {
      Matrix<float> block = logits(rows, columns);
      block.colwise() -= log_rows.segment(rows.begin, rows.count);
      block = block.array().exp().matrix();
      const Matrix<float> part = block.transpose() * given.middleRows(rows.begin, rows.count);
      result.middleRows(columns.begin, columns.count) += part.cast<double>();
    }
  });
  return result;
}

Matrix<float> SoftTransition::rows(Index begin, Index count) const {
  Matrix<float> block = logits({begin, count}, {0, later()});
  LogSums sums(count);
  sums.add(block);
  return sums.total.inverse().cast<float>().matrix().asDiagonal() * block;
}

}  // namespace cellmnn
