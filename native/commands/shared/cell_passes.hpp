/// The two readings of cells that stay in their file: one to look at all, one to use them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/cell_blocks.hpp"
#include "cellmnn/cell_summary.hpp"
#include "native/io/time_courses/cell_source.hpp"

namespace cellmnn {

/// Which cells are used, and how many at once. What is computed of a cell does not depend on it.
struct PassOptions {
  std::optional<RowRange> rows;  ///< of the file; all by default
  std::optional<double> from;    ///< only the cells of this time
  bool all_at_once = false;      ///< take all cells of the file together, of which `rows` are used
  bool longest_name = false;     ///< look for it
  Index block_rows = 0;          ///< 0: about kValuesAtOnce values
};

/// Some cells of a block, and those beside them in the model.
struct UsedCells {
  CellBlock block;            ///< (n)
  std::vector<Index> places;  ///< (m) in the block: the cells that are used, ascending
  RowRange rows;              ///< of the file, in which these are all the used ones
};

class CellPasses {
 public:
  /// The first reading. Throws bad_input for values that are not finite, and for rows that the file does not
  /// have.
  CellPasses(CellSource& cells, const LatentSpace& latent, PassOptions options);

  const CellSummary& summary() const { return summary_; }
  const DataFile& file() const { return cells_.file(); }
  Index used() const { return used_; }                  ///< cells
  Index longest_name() const { return longest_name_; }  ///< of the used cells, in characters

  /// The second reading: calls use(cells) for one block after the other that has some.
  void for_each_block(const std::function<void(const UsedCells& cells)>& use);

  /// The names of the used cells of the block at hand, or else the numbers of their rows.
  std::vector<std::string> names(const UsedCells& cells);

 private:
  CellBlock wanted(CellBlock block) const;
  void look_at_all();
  void require_finite() const;

  CellSource& cells_;
  PassOptions options_;
  RowRange rows_;
  Index block_rows_;
  CellSummary summary_;
  std::optional<Companions> companions_;
  Index used_ = 0, last_used_ = 0, longest_name_ = 0;
  Index named_ = 0;  // rows whose names are read
};

}  // namespace cellmnn
