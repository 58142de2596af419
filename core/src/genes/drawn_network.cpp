#include "cellmnn/drawn_network.hpp"

#include <algorithm>

#include "base/subset.hpp"

namespace cellmnn {
namespace {

constexpr Index kMostCells = 2000;                   // of a snapshot: a plan holds their square
constexpr Index kFewestCells = 100;                  // of a snapshot, however many genes there are
constexpr std::int64_t kMostLevels = 80000000;       // of all cells of a draw, 640 MB
constexpr Index kMostDraws = 4, kMostWideDraws = 2;  // wide: of very many genes, which take long

/// Those of draw number `draw`.
std::vector<CellsOverTime> cells_of_draw(std::vector<CellsOverTime> conditions, const CellDraws& draws,
                                         Index draw) {
  std::uint64_t snapshot_number = 0;
  for (CellsOverTime& cells : conditions) {
    for (std::vector<Index>& rows : cells.rows) {
      Rng rng(draws.seed, snapshot_number++);
      const Index size = std::ssize(rows);
      if (size <= draws.cells) continue;
      const std::vector<Index> order = drawn(size, size, rng);
      std::vector<Index> places;
      for (Index i = 0; i < draws.cells; ++i)
        places.push_back(order[static_cast<std::size_t>((draw * draws.cells + i) % size)]);
      std::sort(places.begin(), places.end());
      std::vector<Index> chosen;
      chosen.reserve(places.size());
      for (const Index place : places) chosen.push_back(rows[static_cast<std::size_t>(place)]);
      rows = std::move(chosen);
    }
  }
  return conditions;
}

}  // namespace

CellDraws usual_draws(const std::vector<CellsOverTime>& conditions, Index genes) {
  Index snapshots = 0, largest = 0;
  std::int64_t all = 0;
  for (const CellsOverTime& cells : conditions) {
    snapshots += std::ssize(cells.rows);
    for (const auto& rows : cells.rows) {
      largest = std::max<Index>(largest, std::ssize(rows));
      all += std::ssize(rows);
    }
  }
  if (largest <= kMostCells && all * std::int64_t{genes} <= kMostLevels) return {largest, 1};
  const auto affordable =
      static_cast<Index>(kMostLevels / std::max<std::int64_t>(1, std::int64_t{genes} * snapshots));
  const Index cells = std::clamp(std::min(affordable, largest), kFewestCells, kMostCells);
  const Index most_draws = affordable < std::min(largest, kMostCells) ? kMostWideDraws : kMostDraws;
  return {cells, std::min(most_draws, (largest + cells - 1) / cells)};
}

DrawnNetwork drawn_network(const SparseMatrix& expression, const std::vector<CellsOverTime>& conditions,
                           const std::vector<std::vector<Index>>& held, ExpressionScale scale,
                           const LaggedOptions& options, const CellDraws& draws, Executor& executor) {
  DrawnNetwork result;
  LaggedOptions same = options;
  for (Index draw = 0; draw < draws.draws; ++draw) {
    std::vector<CellsOverTime> cells = cells_of_draw(conditions, draws, draw);
    std::vector<GeneCourse> courses = gene_courses(expression, cells, scale, executor);
    std::vector<Condition> of_draw;
    for (std::size_t c = 0; c < courses.size(); ++c) of_draw.push_back({&courses[c], held[c]});
    LaggedNetwork network = lagged_network(of_draw, same, executor);
    if (draw == 0) {
      same.inputs = network.inputs;
      same.find_inputs = false;
      result = {std::move(courses), std::move(cells), std::move(network)};
    } else {
      result.network.effects += network.effects;
      result.network.offsets += network.offsets;
      result.network.converged = result.network.converged && network.converged;
    }
  }
  result.network.effects /= static_cast<double>(draws.draws);
  result.network.offsets /= static_cast<double>(draws.draws);
  return result;
}

}  // namespace cellmnn
