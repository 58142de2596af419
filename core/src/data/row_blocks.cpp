#include "cellmnn/row_blocks.hpp"

#include <algorithm>
#include <utility>

namespace cellmnn {
namespace {

class MemoryBlocks final : public RowBlocks {
 public:
  explicit MemoryBlocks(SparseMatrix matrix)
      : matrix_(std::move(matrix)), starts_(block_starts(matrix_.starts)) {}

  Index columns() const override { return matrix_.columns; }
  const std::vector<Index>& starts() const override { return starts_; }
  bool in_memory() const override { return true; }
  SparseMatrix take_all() override { return std::move(matrix_); }

  SparseMatrix read(Index block) override {
    return rows_between(matrix_, first_row(block), first_row(block + 1));
  }

 private:
  SparseMatrix matrix_;
  std::vector<Index> starts_;
};

class RememberedBlocks final : public RowBlocks {
 public:
  RememberedBlocks(SharedBlocks source, Index bytes)
      : source_(std::move(source)), left_(bytes), kept_(static_cast<std::size_t>(source_->blocks())) {}

  Index columns() const override { return source_->columns(); }
  const std::vector<Index>& starts() const override { return source_->starts(); }

  SparseMatrix read(Index block) override {
    SparseMatrix& kept = kept_[static_cast<std::size_t>(block)];
    if (!kept.starts.empty()) return kept;
    SparseMatrix rows = source_->read(block);
    constexpr Index kValue = sizeof(std::int32_t) + sizeof(float), kRow = sizeof(Index);
    const Index bytes = rows.entries() * kValue + rows.rows * kRow;
    if (bytes <= left_) {
      left_ -= bytes;
      kept = rows;  // a copy, which has no room to spare
    } else {
      left_ = 0;
    }
    return rows;
  }

 private:
  SharedBlocks source_;
  Index left_;
  std::vector<SparseMatrix> kept_;
};

class ChangedBlocks final : public RowBlocks {
 public:
  ChangedBlocks(SharedBlocks source, Index columns, std::function<void(SparseMatrix&)> change)
      : source_(std::move(source)), columns_(columns), change_(std::move(change)) {}

  Index columns() const override { return columns_; }
  const std::vector<Index>& starts() const override { return source_->starts(); }
  bool in_memory() const override { return source_->in_memory(); }

  SparseMatrix take_all() override {
    if (!in_memory()) return RowBlocks::take_all();
    SparseMatrix all = source_->take_all();
    change_(all);
    return all;
  }

  SparseMatrix read(Index block) override {
    SparseMatrix rows = source_->read(block);
    change_(rows);
    return rows;
  }

 private:
  SharedBlocks source_;
  Index columns_;
  std::function<void(SparseMatrix&)> change_;
};

class KeptBlocks final : public RowBlocks {
 public:
  KeptBlocks(SharedBlocks source, std::vector<bool> rows, std::vector<bool> columns)
      : source_(std::move(source)), rows_(std::move(rows)), columns_(std::move(columns)) {
    for (Index block = 0; block < source_->blocks(); ++block) {
      const auto begin = rows_.begin() + source_->first_row(block);
      const auto end = rows_.begin() + source_->first_row(block + 1);
      starts_.push_back(starts_.back() + std::count(begin, end, true));
    }
    kept_columns_ = std::count(columns_.begin(), columns_.end(), true);
    all_ = starts_.back() == source_->rows() && kept_columns_ == source_->columns();
  }

  Index columns() const override { return kept_columns_; }
  const std::vector<Index>& starts() const override { return starts_; }
  bool in_memory() const override { return source_->in_memory(); }

  SparseMatrix take_all() override {
    if (!in_memory()) return RowBlocks::take_all();
    SparseMatrix all = source_->take_all();
    keep(all, rows_, columns_);
    return all;
  }

  SparseMatrix read(Index block) override {
    SparseMatrix rows = source_->read(block);
    if (all_) return rows;
    const auto begin = rows_.begin() + source_->first_row(block);
    keep(rows, {begin, begin + rows.rows}, columns_);
    return rows;
  }

 private:
  SharedBlocks source_;
  std::vector<bool> rows_, columns_;
  std::vector<Index> starts_ = {0};
  Index kept_columns_;
  bool all_;
};

class Concatenated final : public RowBlocks {
 public:
  explicit Concatenated(std::vector<SharedBlocks> sources) : sources_(std::move(sources)) {
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      const Index before = starts_.back();
      for (Index block = 0; block < sources_[s]->blocks(); ++block) {
        starts_.push_back(before + sources_[s]->first_row(block + 1));
        places_.emplace_back(s, block);
      }
    }
  }

  Index columns() const override { return sources_.front()->columns(); }
  const std::vector<Index>& starts() const override { return starts_; }
  bool in_memory() const override {
    return std::all_of(sources_.begin(), sources_.end(),
                       [](const auto& source) { return source->in_memory(); });
  }

  SparseMatrix read(Index block) override {
    const auto [source, own_block] = places_[static_cast<std::size_t>(block)];
    return sources_[source]->read(own_block);
  }

 private:
  std::vector<SharedBlocks> sources_;
  std::vector<Index> starts_ = {0};
  std::vector<std::pair<std::size_t, Index>> places_;  // of each block
};

}  // namespace

SparseMatrix RowBlocks::take_all() {
  SparseMatrix all;
  all.columns = columns();
  all.starts = {0};
  for (Index block = 0; block < blocks(); ++block) {  // twice, so that no vector grows
    const SparseMatrix rows = read(block);
    for (Index row = 0; row < rows.rows; ++row) {
      all.starts.push_back(all.starts.back() + rows.start(row + 1) - rows.start(row));
    }
  }
  all.rows = rows();
  all.indices.reserve(static_cast<std::size_t>(all.starts.back()));
  all.values.reserve(static_cast<std::size_t>(all.starts.back()));
  for (Index block = 0; block < blocks(); ++block) {
    const SparseMatrix rows = read(block);
    all.indices.insert(all.indices.end(), rows.indices.begin(), rows.indices.end());
    all.values.insert(all.values.end(), rows.values.begin(), rows.values.end());
  }
  return all;
}

std::vector<Index> block_starts(const std::vector<Index>& starts) {
  std::vector<Index> blocks = {0};
  const auto rows = static_cast<Index>(starts.size()) - 1;
  for (Index begin = 0; begin < rows; begin = blocks.back()) {
    const auto first = starts.begin() + begin;
    const Index end = std::upper_bound(first + 1, starts.end(), *first + kBlockValues) - starts.begin() - 1;
    blocks.push_back(std::max(begin + 1, end));
  }
  return blocks;
}

std::vector<Index> even_starts(Index rows, Index step) {
  std::vector<Index> blocks = {0};
  while (blocks.back() < rows) blocks.push_back(std::min(rows, blocks.back() + step));
  return blocks;
}

SharedBlocks blocks_of(SparseMatrix matrix) { return std::make_shared<MemoryBlocks>(std::move(matrix)); }

SharedBlocks remembered(SharedBlocks source, Index bytes) {
  if (source->in_memory()) return source;
  return std::make_shared<RememberedBlocks>(std::move(source), bytes);
}

SharedBlocks changed(SharedBlocks source, Index columns, std::function<void(SparseMatrix&)> change) {
  return std::make_shared<ChangedBlocks>(std::move(source), columns, std::move(change));
}

SharedBlocks kept(SharedBlocks source, std::vector<bool> rows, std::vector<bool> columns) {
  return std::make_shared<KeptBlocks>(std::move(source), std::move(rows), std::move(columns));
}

SharedBlocks one_after_the_other(std::vector<SharedBlocks> sources) {
  return std::make_shared<Concatenated>(std::move(sources));
}

std::vector<Index> flagged_rows(const RowBlocks& source, Index block, const std::vector<bool>& flags) {
  std::vector<Index> rows;
  const Index begin = source.first_row(block), end = source.first_row(block + 1);
  for (Index row = begin; row < end; ++row) {
    if (flags[static_cast<std::size_t>(row)]) rows.push_back(row - begin);
  }
  return rows;
}

}  // namespace cellmnn
