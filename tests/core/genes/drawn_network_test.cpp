#include "cellmnn/drawn_network.hpp"

#include <algorithm>

#include "base/subset.hpp"
#include "catch.hpp"
#include "lagged_system.hpp"
#include "reversed_executor.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

/// The chain of genes, `cells` at each of five times.
struct Chain {
  explicit Chain(Index cells) {
    const GeneCourse course = simulated(chain_of_genes(5), {0, 1, 2, 3, 4}, cells);
    expression = sparse_matrix(course.levels.rows(), course.genes(), [&](const auto& visit) {
      for (Index i = 0; i < course.levels.rows(); ++i) {
        for (Index g = 0; g < course.genes(); ++g) visit(i, g, static_cast<float>(course.levels(i, g)));
      }
    });
    conditions = {{course.times, {}}};
    for (Index k = 0; k < course.snapshots(); ++k) {
      conditions[0].rows.emplace_back();
      for (Index i = 0; i < cells; ++i) conditions[0].rows.back().push_back(course.start(k) + i);
    }
  }

  DrawnNetwork network(const CellDraws& draws, Executor& executor) const {
    return drawn_network(expression, conditions, {{}}, ExpressionScale::log, {}, draws, executor);
  }

  SparseMatrix expression;
  std::vector<CellsOverTime> conditions;
};

CellsOverTime snapshots_of(Index count, Index cells) {
  CellsOverTime result;
  for (Index k = 0; k < count; ++k) {
    result.times.push_back(static_cast<double>(k));
    result.rows.emplace_back(static_cast<std::size_t>(cells));
  }
  return result;
}

}  // namespace

TEST_CASE("one draw of all cells is the network of all cells", "[drawn_network]") {
  SerialExecutor executor;
  const Chain chain(30);
  const DrawnNetwork all = chain.network({30, 1, 1}, executor);
  CHECK(all.courses.front().levels.rows() == 150);
  const GeneCourse course = gene_course(chain.expression, chain.conditions[0].times, chain.conditions[0].rows,
                                        ExpressionScale::log, executor);
  CHECK(all.network.effects == lagged_network(course, {}, executor).effects);
}

TEST_CASE("the mean of networks of some cells is near that of all cells", "[drawn_network]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const Chain chain(400);
  const DrawnNetwork drawn = chain.network({100, 4, 1}, serial);
  CHECK(drawn.courses.front().levels.rows() == 500);
  CHECK(drawn.network.inputs == std::vector<Index>{0});
  const Matrix<double> all = chain.network({400, 1, 1}, serial).network.effects;
  CHECK((drawn.network.effects - all).norm() < 0.2 * all.norm());
  CHECK(chain.network({100, 4, 1}, reversed).network.effects == drawn.network.effects);
  CHECK(chain.network({100, 4, 2}, serial).network.effects != drawn.network.effects);
}

TEST_CASE("cells are drawn where snapshots or genes are many", "[drawn_network]") {
  const CellDraws few = usual_draws({snapshots_of(10, 1000)}, 2000);
  CHECK(few.cells == 1000);
  CHECK(few.draws == 1);
  const CellDraws large = usual_draws({snapshots_of(3, 5000)}, 100);
  CHECK(large.cells == 2000);
  CHECK(large.draws == 3);
  const CellDraws wide = usual_draws({snapshots_of(10, 5000)}, 20000);
  CHECK(wide.cells == 400);
  CHECK(wide.draws == 2);
  CHECK(usual_draws({snapshots_of(3, 9000)}, 100).draws == 4);
  CHECK(usual_draws({snapshots_of(10, 5000)}, 1000000).cells == 100);
  CHECK(usual_draws({snapshots_of(2, 40)}, 2000000).draws == 1);
}

TEST_CASE("draws are without replacement", "[drawn_network]") {
  Rng rng(3);
  std::vector<Index> all = drawn(50, 50, rng);
  CHECK(!std::is_sorted(all.begin(), all.end()));
  std::sort(all.begin(), all.end());
  for (Index i = 0; i < 50; ++i) CHECK(all[static_cast<std::size_t>(i)] == i);
  CHECK(drawn(50, 7, rng).size() == 7);
}
