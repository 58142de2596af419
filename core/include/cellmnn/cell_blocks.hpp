/// Cells that come in blocks, since there are more of them than memory holds.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

struct CellBlock {
  std::vector<Index> rows;  ///< (n) of the data, ascending
  Matrix<float> positions;  ///< (n, D)
  Vector<double> times;     ///< (n)

  Index cells() const { return positions.rows(); }
};

/// Rows from `begin` to `end`, the last one not included.
struct RowRange {
  Index begin = 0, end = 0;

  Index size() const { return end - begin; }
  bool has(Index row) const { return begin <= row && row < end; }
};

/// Cells of a block; those that were not there are left out.
CellBlock cells_in(const CellBlock& block, RowRange rows);
CellBlock cells_at(const CellBlock& block, double time);

/// A model takes a few cells of one time together, in their order, and the last bits of what it says of a
/// cell depend on those beside it. A block that comes with the companions of its cells has the answers of all
/// cells at once, to the bit, wherever it ends.
///
/// Cells that are taken together but lie in different blocks are kept: at most 48 for each end of a block and
/// time.
class Companions {
 public:
  /// `cells_at`: how many cells each time has. The blocks are parts of `rows` with `block_rows` each.
  Companions(const std::map<double, Index>& cells_at, RowRange rows, Index block_rows);

  /// To be shown all cells of the data once, in order, in blocks of any size.
  void look_at(const CellBlock& block);

  /// The cells of one of the blocks and those which are taken together with one of them.
  CellBlock with_companions(const CellBlock& block) const;

 private:
  struct Group {
    std::vector<Index> rows;
    Matrix<float> positions;
    double time = 0;
  };
  struct Pending {
    Group group;
    Index left = 0;  // cells of this time that are still to come
  };
  Index block_of(Index row) const;
  void keep(const Group& group);

  RowRange rows_;
  Index block_rows_;
  std::map<double, Pending> pending_;
  std::vector<Group> kept_;
  std::map<Index, std::size_t> kept_at_;  // the place in kept_ of the group of a row
};

}  // namespace cellmnn
