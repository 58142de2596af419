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

  /// (F) of changed cells.
  Vector<double> mean(const Matrix<float>& changed) const { return probabilities(changed).colwise().mean(); }

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

/// Of a gene whose changes, and those of its controls, are known: (F) each.
FateChange compared(const TimeCourse& data, const KnownFates& known, const FateChangeQuestion& question,
                    Index gene, const Vector<double>& change, const std::vector<Vector<double>>& controls) {
  FateChange result{gene, change, Vector<double>::Ones(change.size()), {}};
  for (const Vector<double>& other : controls)
    result.p.array() += (other.array().abs() >= change.array().abs()).cast<double>();
  result.p /= 1 + static_cast<double>(controls.size());
  const double before = mean_expression(data.gene_space, data.snapshots[question.snapshot].cells, gene);
  const bool rises = question.times * before + question.plus > before;
  result.control = expression_by_fate(data, known, gene) * (rises ? 1 : -1);
  return result;
}

void check(const TimeCourse& data, std::size_t snapshot) {
  require_gene_means(data.gene_space);
  if (snapshot + 1 >= data.snapshots.size()) {
    throw Error(ErrorCode::bad_input,
                "the fates of cells of the last time are known: change cells of an earlier one");
  }
}

}  // namespace

const char* FateChange::verdict(Index fate) const {
  constexpr double kClear = 0.05;
  if (p(fate) >= kClear) return "no more than similar genes";
  return (change(fate) > 0) == (control(fate) > 0) ? "cannot tell from expression alone"
                                                   : "against expression alone";
}

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
  const Vector<double> unchanged = changed.mean(cells);
  std::map<Index, Vector<double>> changes;
  const auto change_of = [&](Index gene) -> const Vector<double>& {
    const auto [entry, is_new] = changes.try_emplace(gene);
    if (is_new) {
      entry->second =
          changed.mean(changed_cells(space, cells, {{gene, question.times, question.plus}})) - unchanged;
    }
    return entry->second;
  };
  const std::vector<std::vector<Index>> similar =
      similar_genes(space, cells, question.genes, question.controls);
  std::vector<FateChange> result;
  for (std::size_t g = 0; g < question.genes.size(); ++g) {
    std::vector<Vector<double>> controls;
    for (const Index other : similar[g]) controls.push_back(change_of(other));
    const Index gene = question.genes[g];
    result.push_back(compared(data, known, question, gene, change_of(gene), controls));
  }
  return result;
}

FateChange fate_change(const TimeCourse& data, const KnownFates& known, const Fates& fates,
                       const FateChangeQuestion& question, const std::vector<Matrix<float>>& changed,
                       const FateOptions& options, const CellMover& mover, Executor& executor) {
  check(data, question.snapshot);
  const ChangedFates of(data, question.snapshot, fates, options, mover, executor);
  const Vector<double> unchanged = of.mean(data.snapshots[question.snapshot].cells);
  std::vector<Vector<double>> changes;
  changes.reserve(changed.size());
  for (const Matrix<float>& cells : changed) changes.emplace_back(of.mean(cells) - unchanged);
  const Vector<double> own = changes.front();
  changes.erase(changes.begin());
  return compared(data, known, question, question.genes.front(), own, changes);
}

}  // namespace cellmnn
