#include "cellmnn/perturbation.hpp"

#include <algorithm>
#include <cmath>

#include "cellmnn/network_score.hpp"

namespace cellmnn {
namespace {

Vector<double> mean_expression(const GeneSpace& space, const MatrixView<float>& cells) {
  const Vector<double> centre = cells.cast<double>().colwise().mean().transpose();
  return space.mean.cast<double>() + space.loadings.cast<double>() * centre;
}

Matrix<float> changed(const GeneSpace& space, const Matrix<double>& dual, const MatrixView<float>& cells,
                      const std::vector<GeneChange>& changes) {
  const Matrix<double> old = cells.cast<double>();
  Matrix<double> result = old;
  for (const GeneChange& change : changes) {
    const Vector<double> loading = space.loadings.row(change.gene).cast<double>().transpose();
    const Vector<double> expression = (old * loading).array() + static_cast<double>(space.mean(change.gene));
    const Vector<double> difference = (change.times - 1) * expression.array() + change.plus;
    result.noalias() += difference * dual.row(change.gene);
  }
  return result.cast<float>();
}

}  // namespace

Matrix<float> changed_cells(const GeneSpace& space, const MatrixView<float>& cells,
                            const std::vector<GeneChange>& changes) {
  require_gene_means(space);
  return changed(space, dual_loadings(space), cells, changes);
}

Matrix<float> arrivals_anew(const CellMnn& model, const MovedCells& cells, Executor& executor) {
  return model.predict_at(cells.moved, cells.t, cells.time, executor);
}

Shift shift_between(const MatrixView<float>& unchanged, const MatrixView<float>& changed) {
  const Matrix<double> displacement = changed.cast<double>() - unchanged.cast<double>();
  const auto cells = static_cast<double>(std::max<Index>(1, displacement.rows()));
  Shift shift;
  shift.mean = displacement.colwise().sum().transpose() / cells;
  shift.of_mean = shift.mean.norm();
  shift.of_cells = std::sqrt(displacement.squaredNorm() / cells);
  return shift;
}

Vector<double> gene_changes(const GeneSpace& space, const Vector<double>& displacement) {
  return space.loadings.cast<double>() * displacement;
}

std::vector<ScreenedGene> screen(const CellMnn& model, const MatrixView<float>& cells,
                                 const Vector<double>& t, const std::vector<Index>& genes, double times,
                                 double plus, double time, Arrivals arrivals, Executor& executor) {
  const GeneSpace& space = model.gene_space;
  require_gene_means(space);
  const Matrix<double> dual = dual_loadings(space);
  const Vector<double> expression = mean_expression(space, cells);
  const Matrix<float> unchanged = model.predict_at(cells, t, time, executor);
  std::vector<ScreenedGene> screened;
  screened.reserve(genes.size());
  for (const Index gene : genes) {
    const Matrix<float> moved = changed(space, dual, cells, {{gene, times, plus}});
    const Matrix<float> arrived = arrivals(model, {cells, t, time, unchanged, moved}, executor);
    screened.push_back({gene, expression(gene), static_cast<double>(space.loadings.row(gene).norm()),
                        shift_between(unchanged, arrived)});
  }
  return screened;
}

std::vector<std::vector<Index>> similar_genes(const GeneSpace& space, const MatrixView<float>& cells,
                                              const std::vector<Index>& genes, Index count) {
  require_gene_means(space);
  const std::vector<Index> modelled = modelled_genes(space);
  const Vector<double> expression = mean_expression(space, cells);
  std::vector<double> lengths, levels;
  lengths.reserve(modelled.size());
  levels.reserve(modelled.size());
  for (const Index each : modelled) {
    lengths.push_back(static_cast<double>(space.loadings.row(each).norm()));
    levels.push_back(expression(each));
  }
  const std::vector<double> length_ranks = mid_ranks(lengths), level_ranks = mid_ranks(levels);
  std::vector<std::vector<Index>> result;
  result.reserve(genes.size());
  for (const Index gene : genes) {
    const auto own =
        static_cast<std::size_t>(std::lower_bound(modelled.begin(), modelled.end(), gene) - modelled.begin());
    std::vector<std::pair<double, Index>> others;
    for (std::size_t i = 0; i < modelled.size(); ++i) {
      if (i == own) continue;
      others.emplace_back(std::hypot(length_ranks[i] - length_ranks[own], level_ranks[i] - level_ranks[own]),
                          modelled[i]);
    }
    std::sort(others.begin(), others.end());
    if (static_cast<Index>(others.size()) > count) others.resize(static_cast<std::size_t>(count));
    std::vector<Index>& similar = result.emplace_back();
    similar.reserve(others.size());
    for (const auto& [distance, other] : others) similar.push_back(other);
  }
  return result;
}

}  // namespace cellmnn
