// Sums of each gene in the order of its cells: the same bits for any blocks and any number of threads. Those
// of shares are joined in their order.
#include <algorithm>
#include <cmath>

#include "cellmnn/preprocess.hpp"
#include "data/gene_ranges.hpp"
#include "data/remembered.hpp"

namespace cellmnn {
namespace {

/// Values are taken from that of the first cell, so that the variance of a gene that does not vary is 0 and
/// nothing large cancels.
class MomentSums {
 public:
  explicit MomentSums(Index genes)
      : first_(Vector<double>::Zero(genes)), found_(first_), sum_(first_), squares_(first_) {}

  void begin(Index gene, double value) { first_(gene) = value; }
  void add_cells(std::size_t cells) { cells_ += static_cast<Index>(cells); }
  void add(Index gene, double value) {
    const double distance = value - first_(gene);
    found_(gene) += 1;
    sum_(gene) += distance;
    squares_(gene) += distance * distance;
  }
  Index cells() const { return cells_; }

  GeneSums sums() const {
    const auto n = static_cast<double>(cells_);
    const auto zeros = n - found_.array();
    const Eigen::ArrayXd sum = sum_.array() - zeros * first_.array();
    const Eigen::ArrayXd squares = squares_.array() + zeros * first_.array().square();
    return {cells_, first_.array() + sum / n, squares - sum.square() / n, found_};
  }

 private:
  Index cells_ = 0;
  Vector<double> first_, found_, sum_, squares_;
};

auto linear_again() {
  return Remembered([](double value) { return std::expm1(value); });
}

}  // namespace

void GeneSums::add(const GeneSums& later) {
  if (later.cells == 0) return;
  if (cells == 0) {
    *this = later;
    return;
  }
  const auto before = static_cast<double>(cells), more = static_cast<double>(later.cells);
  const Eigen::ArrayXd distance = later.mean - mean;
  mean.array() += distance * (more / (before + more));
  squares.array() += later.squares.array() + distance.square() * (before * more / (before + more));
  found += later.found;
  cells += later.cells;
}

GeneMoments GeneSums::moments() const {
  return {mean, (squares / static_cast<double>(cells - 1)).cwiseMax(0.0), found};
}

void ExpressionSums::add(const ExpressionSums& later) {
  logs.add(later.logs);
  linear.add(later.linear);
  negative = negative || later.negative;
}

GeneMoments moments(const SparseMatrix& x, const std::vector<Index>& cells, Executor& executor) {
  MomentSums sums(x.columns);
  sums.add_cells(cells.size());
  if (!cells.empty())
    x.for_row(cells[0], [&](Index gene, float value) { sums.begin(gene, static_cast<double>(value)); });
  for_gene_ranges(x, cells, executor, [&](const auto& entries) {
    entries([&](std::int32_t gene, float value) { sums.add(gene, static_cast<double>(value)); });
  });
  return sums.sums().moments();
}

ExpressionSums expression_sums(RowBlocks& x, ShareBlocks blocks, const std::vector<bool>& fitted,
                               Executor& executor) {
  MomentSums logs(x.columns()), linear(x.columns());
  bool negative = false;
  for (Index block = blocks.begin; block < blocks.end; ++block) {
    const SparseMatrix rows = x.read(block);
    const std::vector<Index> cells = flagged_rows(x, block, fitted);
    if (logs.cells() == 0 && !cells.empty()) {
      auto of_log = linear_again();
      rows.for_row(cells[0], [&](Index gene, float value) {
        logs.begin(gene, static_cast<double>(value));
        linear.begin(gene, of_log(value));
      });
    }
    for (MomentSums* sums : {&logs, &linear}) sums->add_cells(cells.size());
    for_gene_ranges(rows, cells, executor, [&](const auto& entries) {
      auto of_log = linear_again();
      entries([&](std::int32_t gene, float value) {
        logs.add(gene, static_cast<double>(value));
        linear.add(gene, of_log(value));
      });
    });
    negative = negative || std::any_of(rows.values.begin(), rows.values.end(), [](float v) { return v < 0; });
  }
  return {logs.sums(), linear.sums(), negative};
}

}  // namespace cellmnn
