#include "cellmnn/changed_fates.hpp"

#include <cmath>
#include <map>

#include "cellmnn/error.hpp"
#include "cellmnn/perturbation.hpp"
#include "fates/fate_step.hpp"

namespace cellmnn {
namespace {

/// Mean expression of a gene among the cells of each fate, minus that among all cells of known fate.
Vector<double> expression_by_fate(const TimeCourse& data, const KnownFates& known, Index gene) {
  const GeneSpace& space = data.gene_space;
  const auto count = static_cast<Index>(known.names.size());
  Vector<double> sums = Vector<double>::Zero(count), cells = sums;
  for (std::size_t s = 0; s < known.of_cells.size(); ++s) {
    const Vector<float> expression = data.snapshots[s].cells * space.loadings.row(gene).transpose();
    for (std::size_t i = 0; i < known.of_cells[s].size(); ++i) {
      const int fate = known.of_cells[s][i];
      if (fate < 0) continue;
      sums(fate) += static_cast<double>(expression(static_cast<Index>(i)));
      cells(fate) += 1;
    }
  }
  return sums.cwiseQuotient(cells).array() - sums.sum() / cells.sum();
}

double mean_expression(const GeneSpace& space, const Matrix<float>& cells, Index gene) {
  const Eigen::RowVectorXd centre = cells.cast<double>().colwise().mean();
  return static_cast<double>(space.mean(gene)) + centre.dot(space.loadings.row(gene).cast<double>());
}

/// From where changed cells of a snapshot go.
class ChangedFates {
 public:
  ChangedFates(const TimeCourse& data, std::size_t s, const Fates& fates, const FateOptions& options,
               const CellMover& mover, Executor& executor)
      : data_(data),
        s_(s),
        fates_(fates),
        options_(options),
        mover_(mover),
        executor_(executor),
        scale_(data),
        step_(data, s, scale_, options, mover, executor) {}

  /// (N, F)
  Matrix<double> probabilities(const Matrix<float>& changed) const {
    const std::vector<Matrix<float>> starts =
        starts_of(data_, s_, changed, options_.starts, mover_, executor_);
    return given_decided(step_.from(scale_, starts).of_later(fates_.reached[s_ + 1], executor_),
                         fates_.base_rates, options_.smoothing);
  }

 private:
  const TimeCourse& data_;
  std::size_t s_;
  const Fates& fates_;
  const FateOptions& options_;
  const CellMover& mover_;
  Executor& executor_;
  FateSpace scale_;
  FateStep step_;
};

void check(const TimeCourse& data, std::size_t snapshot) {
  require_gene_means(data.gene_space);
  if (snapshot + 1 >= data.snapshots.size()) {
    throw Error(ErrorCode::bad_input,
                "the fates of cells of the last time are known: change cells of an earlier one");
  }
}

}  // namespace

ChangedCells changed_snapshot(const TimeCourse& data, const Fates& fates, std::size_t snapshot,
                              const std::vector<GeneChange>& changes, const FateOptions& options,
                              const CellMover& mover, Executor& executor) {
  check(data, snapshot);
  Matrix<float> cells = changed_cells(data.gene_space, data.snapshots[snapshot].cells, changes);
  Matrix<double> probabilities =
      ChangedFates(data, snapshot, fates, options, mover, executor).probabilities(cells);
  return {std::move(cells), std::move(probabilities)};
}

std::vector<FateChange> fate_changes(const TimeCourse& data, const KnownFates& known, const Fates& fates,
                                     const FateChangeQuestion& question, const FateOptions& options,
                                     const CellMover& mover, Executor& executor) {
  const GeneSpace& space = data.gene_space;
  const std::size_t s = question.snapshot;
  check(data, s);
  const Matrix<float>& cells = data.snapshots[s].cells;
  const ChangedFates changed(data, s, fates, options, mover, executor);
  const auto mean_of = [&](const Matrix<float>& moved) -> Vector<double> {
    return changed.probabilities(moved).colwise().mean();
  };
  const Vector<double> unchanged = mean_of(cells);
  std::map<Index, Vector<double>> changes;
  const auto change_of = [&](Index gene) -> const Vector<double>& {
    const auto [entry, is_new] = changes.try_emplace(gene);
    if (is_new) {
      entry->second =
          mean_of(changed_cells(space, cells, {{gene, question.times, question.plus}})) - unchanged;
    }
    return entry->second;
  };
  const std::vector<std::vector<Index>> similar =
      similar_genes(space, cells, question.genes, question.controls);
  std::vector<FateChange> result;
  for (std::size_t g = 0; g < question.genes.size(); ++g) {
    const Index gene = question.genes[g];
    FateChange change{gene, change_of(gene), Vector<double>::Ones(unchanged.size()), {}};
    for (const Index other : similar[g]) {
      change.p.array() += (change_of(other).array().abs() >= change.change.array().abs()).cast<double>();
    }
    change.p /= 1 + static_cast<double>(similar[g].size());
    const double before = mean_expression(space, cells, gene);
    const bool rises = question.times * before + question.plus > before;
    change.control = expression_by_fate(data, known, gene) * (rises ? 1 : -1);
    result.push_back(std::move(change));
  }
  return result;
}

}  // namespace cellmnn
