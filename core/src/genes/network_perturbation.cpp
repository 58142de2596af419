#include "cellmnn/network_perturbation.hpp"

#include <algorithm>
#include <cmath>

#include "base/for_blocks.hpp"
#include "base/products.hpp"
#include "cellmnn/error.hpp"
#include "genes/logistic_regression.hpp"

namespace cellmnn {
namespace {

void require_snapshot(const GeneCourse& course, Index snapshot) {
  if (snapshot >= 0 && snapshot < course.snapshots()) return;
  throw Error(ErrorCode::bad_input, "there is no snapshot " + std::to_string(snapshot) + " among " +
                                        std::to_string(course.snapshots()));
}

/// The level to which a change holds `level`.
double held(const GeneCourse& course, const GeneChange& change, double level) {
  return std::clamp(change.times * level + change.plus / course.tops(change.gene), 0.0, 1.0);
}

/// Follows states from snapshot `from` to `to`; hold(levels) holds genes, and is called for each snapshot.
/// Calls arrived(levels) there, too.
template <typename Hold, typename Arrived>
void follow(const GeneCourse& course, const LaggedNetwork& network, double memory, Matrix<double> levels,
            Index from, Index to, const Hold& hold, const Arrived& arrived) {
  hold(levels);
  arrived(levels);
  Matrix<double> carried = levels(Eigen::all, network.regulators);
  for (Index k = from; k < to; ++k) {
    const double share = k > from ? remembered_share(course, k, memory) : 0;
    carried = share * carried + (1 - share) * levels(Eigen::all, network.regulators);
    for (const Index input : network.inputs) {
      const auto column = std::lower_bound(network.regulators.begin(), network.regulators.end(), input);
      levels.col(input).setConstant(course.snapshot(k + 1).col(input).mean());
      carried.col(column - network.regulators.begin()) = levels.col(input);
    }
    Matrix<double> logits = product(carried, network.effects);
    logits.rowwise() += network.offsets.transpose();
    levels(Eigen::all, network.targets) = logistic(logits);
    hold(levels);
    arrived(levels);
  }
}

}  // namespace

std::vector<Matrix<double>> followed_levels(const GeneCourse& course, const LaggedNetwork& network,
                                            double memory, const Matrix<double>& states, Index from,
                                            const std::vector<GeneChange>& changes) {
  require_snapshot(course, from);
  for (const GeneChange& change : changes) require_gene(course, change.gene);
  std::vector<Matrix<double>> path;
  const auto hold = [&](Matrix<double>& levels) {
    for (const GeneChange& change : changes) {
      for (double& level : levels.col(change.gene)) level = held(course, change, level);
    }
  };
  follow(course, network, memory, states, from, course.snapshots() - 1, hold,
         [&](const Matrix<double>& levels) { path.push_back(levels); });
  return path;
}

std::optional<StartingCells> first_chosen(const CellsOverTime& cells, const std::vector<bool>& chosen) {
  for (std::size_t k = 0; k < cells.rows.size(); ++k) {
    std::vector<Index> found;
    for (std::size_t i = 0; i < cells.rows[k].size(); ++i) {
      if (chosen[static_cast<std::size_t>(cells.rows[k][i])]) found.push_back(static_cast<Index>(i));
    }
    if (!found.empty()) return StartingCells(static_cast<Index>(k), std::move(found));
  }
  return std::nullopt;
}

Matrix<double> levels_of(const GeneCourse& course, const StartingCells& cells) {
  require_snapshot(course, cells.snapshot);
  if (cells.cells.empty()) return course.snapshot(cells.snapshot);
  for (const Index cell : cells.cells) {
    if (cell >= 0 && cell < course.cells(cells.snapshot)) continue;
    throw Error(ErrorCode::bad_input, "there is no cell " + std::to_string(cell) + " among the " +
                                          std::to_string(course.cells(cells.snapshot)) + " of the snapshot");
  }
  return course.snapshot(cells.snapshot)(cells.cells, Eigen::all);
}

Matrix<double> network_changes(const GeneCourse& course, const LaggedNetwork& network, double memory,
                               const StartingCells& from, const std::vector<GeneChange>& changes) {
  const Matrix<double> cells = levels_of(course, from);
  const auto changed = followed_levels(course, network, memory, cells, from.snapshot, changes);
  const auto unchanged = followed_levels(course, network, memory, cells, from.snapshot, {});
  Matrix<double> result(static_cast<Index>(changed.size()), course.genes());
  for (std::size_t k = 0; k < changed.size(); ++k) {
    result.row(static_cast<Index>(k)) = changed[k].colwise().mean() - unchanged[k].colwise().mean();
  }
  return result;
}

Matrix<double> network_screen(const GeneCourse& course, const LaggedNetwork& network, double memory,
                              const StartingCells& from, Index at, const std::vector<Index>& genes,
                              double times, double plus, Executor& executor) {
  std::vector<std::vector<GeneChange>> sets;
  sets.reserve(genes.size());
  for (const Index gene : genes) sets.push_back({{gene, times, plus}});
  return network_screen(course, network, memory, from, at, sets, executor);
}

Matrix<double> network_screen(const GeneCourse& course, const LaggedNetwork& network, double memory,
                              const StartingCells& from, Index at,
                              const std::vector<std::vector<GeneChange>>& sets, Executor& executor) {
  require_snapshot(course, at);
  for (const auto& set : sets) {
    for (const GeneChange& change : set) require_gene(course, change.gene);
  }
  const Matrix<double> mean = levels_of(course, from).colwise().mean();
  const auto nothing = [](const auto&) {};
  Matrix<double> unchanged;
  follow(course, network, memory, mean, from.snapshot, at, nothing,
         [&](const Matrix<double>& levels) { unchanged = levels; });

  const auto count = static_cast<Index>(sets.size());
  Matrix<double> changes(count, course.genes());
  for_blocks(count, kSetsTogether, executor, [&](Index first, Index states) {
    const auto hold = [&](Matrix<double>& levels) {
      for (Index s = 0; s < states; ++s) {
        for (const GeneChange& change : sets[static_cast<std::size_t>(first + s)])
          levels(s, change.gene) = held(course, change, levels(s, change.gene));
      }
    };
    follow(course, network, memory, mean.replicate(states, 1), from.snapshot, at, hold,
           [&](const Matrix<double>& levels) {
             changes.middleRows(first, states) = levels.rowwise() - unchanged.row(0);
           });
  });
  return changes;
}

Vector<double> co_expression_changes(const GeneCourse& course, Index gene, double change) {
  const auto level = course.levels.col(gene);
  if (level.minCoeff() == level.maxCoeff()) return Vector<double>::Zero(course.genes());
  const Vector<double> x = level.array() - level.mean();
  return course.levels.transpose() * x * (change / x.squaredNorm());
}

double size_of_change(const Vector<double>& change, const std::vector<Index>& held) {
  double sum = change.squaredNorm();
  for (const Index gene : held) sum -= change(gene) * change(gene);
  const auto others = std::max<Index>(1, change.size() - std::ssize(held));
  return std::sqrt(std::max(0.0, sum) / static_cast<double>(others));
}

std::vector<RankedRegulator> ranked_regulators(const Matrix<double>& changes,
                                               const std::vector<Index>& genes) {
  std::vector<RankedRegulator> ranked;
  for (std::size_t s = 0; s < genes.size(); ++s) {
    Vector<double> change = changes.row(static_cast<Index>(s)).transpose();
    RankedRegulator regulator{genes[s], size_of_change(change, {genes[s]}), 0, 0};
    change(genes[s]) = 0;
    change.cwiseAbs().maxCoeff(&regulator.most);
    regulator.change_of_most = change(regulator.most);
    ranked.push_back(regulator);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const RankedRegulator& a, const RankedRegulator& b) { return a.change > b.change; });
  return ranked;
}

}  // namespace cellmnn
