/// Rows of a sparse matrix that come in blocks, so that the matrix may be larger than memory.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "cellmnn/sparse.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

class RowBlocks {
 public:
  RowBlocks() = default;
  RowBlocks(const RowBlocks&) = delete;
  RowBlocks& operator=(const RowBlocks&) = delete;
  virtual ~RowBlocks() = default;

  virtual Index columns() const = 0;

  /// The first row of each block, then the number of rows.
  virtual const std::vector<Index>& starts() const = 0;

  /// The rows of a block, as often as they are asked for.
  virtual SparseMatrix read(Index block) = 0;

  /// Whether reading takes nothing from a file.
  virtual bool in_memory() const { return false; }

  /// All rows, of a source that is asked for nothing afterwards.
  virtual SparseMatrix take_all();

  Index rows() const { return starts().back(); }
  Index blocks() const { return static_cast<Index>(starts().size()) - 1; }
  Index first_row(Index block) const { return starts()[static_cast<std::size_t>(block)]; }
};

/// The most values of a block, but for a single row that has more: 8 MB.
inline constexpr Index kBlockValues = Index{1} << 20;

/// The starts of blocks of rows, of which row i has starts[i + 1] - starts[i] values.
std::vector<Index> block_starts(const std::vector<Index>& starts);

/// The starts of blocks of `step` rows.
std::vector<Index> even_starts(Index rows, Index step);

/// Blocks from `begin` to `end`, not included.
struct ShareBlocks {
  Index begin, end;
};

/// The first row of each share of the rows, then their number. It alone decides them: what is summed over
/// each share, and joined in their order, has the same bits whichever process sums it.
std::vector<Index> share_starts(Index rows);

/// The blocks of each share, of a source whose blocks end where shares do.
std::vector<ShareBlocks> shares_of(const RowBlocks& source);

using SharedBlocks = std::shared_ptr<RowBlocks>;

/// The same rows in blocks that end where shares do.
SharedBlocks in_shares(SharedBlocks source);

SharedBlocks blocks_of(SparseMatrix matrix);

/// The blocks of another source, of which the first are kept in memory once they have been read: as many
/// as fit into `bytes`. What comes from memory is returned as it is.
SharedBlocks remembered(SharedBlocks source, Index bytes);

/// change(block) for each block of another source; it leaves the rows and makes `columns` columns.
SharedBlocks changed(SharedBlocks source, Index columns, std::function<void(SparseMatrix&)> change);

/// Only the rows and columns with a flag.
SharedBlocks kept(SharedBlocks source, std::vector<bool> rows, std::vector<bool> columns);

/// The rows of several sources with the same columns, one after the other.
SharedBlocks one_after_the_other(std::vector<SharedBlocks> sources);

/// The rows of a block that have a flag among all rows, numbered in the block.
std::vector<Index> flagged_rows(const RowBlocks& source, Index block, const std::vector<bool>& flags);

}  // namespace cellmnn
