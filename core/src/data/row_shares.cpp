#include <algorithm>
#include <utility>

#include "cellmnn/row_blocks.hpp"

namespace cellmnn {
namespace {

/// Blocks of a source, of which those that a cut goes through come in pieces.
class CutBlocks final : public RowBlocks {
 public:
  /// `cuts` are ascending rows of the source.
  CutBlocks(SharedBlocks source, const std::vector<Index>& cuts) : source_(std::move(source)) {
    auto cut = cuts.begin();
    for (Index block = 0; block < source_->blocks(); ++block) {
      const Index end = source_->first_row(block + 1);
      for (; cut != cuts.end() && *cut < end; ++cut) {
        if (*cut > starts_.back()) add(block, *cut);
      }
      add(block, end);
    }
  }

  Index columns() const override { return source_->columns(); }
  const std::vector<Index>& starts() const override { return starts_; }
  bool in_memory() const override { return source_->in_memory(); }
  SparseMatrix take_all() override { return source_->take_all(); }

  SparseMatrix read(Index piece) override {
    const Index block = block_of_[static_cast<std::size_t>(piece)], first = source_->first_row(block);
    const Index begin = first_row(piece) - first, end = first_row(piece + 1) - first;
    const bool is_first = begin == 0, is_last = end + first == source_->first_row(block + 1);
    if (is_first && is_last) return source_->read(block);
    if (held_block_ != block) held_ = source_->read(block);
    held_block_ = block;
    SparseMatrix rows = rows_between(held_, begin, end);
    if (is_last) {
      held_block_ = -1;
      held_ = {};
    }
    return rows;
  }

 private:
  void add(Index block, Index end) {
    starts_.push_back(end);
    block_of_.push_back(block);
  }

  SharedBlocks source_;
  std::vector<Index> starts_ = {0}, block_of_;  // of each piece
  SparseMatrix held_;                           // the block that is read in pieces
  Index held_block_ = -1;
};

}  // namespace

std::vector<Index> share_starts(Index rows) {
  constexpr Index kLeastRows = 4096, kMostShares = 32;
  const Index shares = std::clamp<Index>(rows / kLeastRows, 1, kMostShares);
  std::vector<Index> starts;
  for (Index share = 0; share <= shares; ++share) starts.push_back(rows * share / shares);
  return starts;
}

std::vector<ShareBlocks> shares_of(const RowBlocks& source) {
  std::vector<ShareBlocks> shares;
  const std::vector<Index>& starts = source.starts();
  Index begin = 0;
  const std::vector<Index> of_shares = share_starts(source.rows());
  for (std::size_t share = 1; share < of_shares.size(); ++share) {
    const Index end = std::lower_bound(starts.begin(), starts.end(), of_shares[share]) - starts.begin();
    shares.push_back({begin, end});
    begin = end;
  }
  return shares;
}

SharedBlocks in_shares(SharedBlocks source) {
  const std::vector<Index> starts = share_starts(source->rows());
  return std::make_shared<CutBlocks>(std::move(source), starts);
}

}  // namespace cellmnn
