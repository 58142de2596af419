/// Lagged networks of more cells than fit into one plan, or into memory.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/lagged_network.hpp"
#include "cellmnn/sparse.hpp"

namespace cellmnn {

/// How many cells of a snapshot are taken at once, and how often.
struct CellDraws {
  Index cells = 0;
  Index draws = 1;
  std::uint64_t seed = 1;
};

/// All cells where no snapshot has more than 2,000 and there are at most 80 million levels. Else as many
/// cells of each snapshot as these bounds allow, but 100, and four draws, two where genes are that many, or
/// fewer if these hold all cells.
CellDraws usual_draws(const std::vector<CellsOverTime>& conditions, Index genes);

struct DrawnNetwork {
  std::vector<GeneCourse> courses;   ///< of the first draw, one a condition
  std::vector<CellsOverTime> cells;  ///< of these courses: rows of the expression
  LaggedNetwork network;             ///< the mean of the networks of all draws
};

/// Draws share no cells as long as there are enough. held[c] are the genes that are held in condition c, as
/// in Condition. Each draw has levels of its own scale, the tops of its cells. Inputs are those of the first
/// draw.
DrawnNetwork drawn_network(const SparseMatrix& expression, const std::vector<CellsOverTime>& conditions,
                           const std::vector<std::vector<Index>>& held, ExpressionScale scale,
                           const LaggedOptions& options, const CellDraws& draws, Executor& executor);

}  // namespace cellmnn
