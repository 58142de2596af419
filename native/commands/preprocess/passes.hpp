/// A bar of progress for each pass over the cells.
#pragma once

#include <optional>
#include <string>

#include "cellmnn/row_blocks.hpp"
#include "native/runtime/progress.hpp"

namespace cellmnn {

class Passes {
 public:
  explicit Passes(bool quiet) : quiet_(quiet) {}

  /// The same blocks, which advance the bar when they are read.
  SharedBlocks watched(SharedBlocks source) {
    cells_ = source->rows();
    const Index columns = source->columns();
    return changed(std::move(source), columns, [this](const SparseMatrix& rows) {
      if (bar_) bar_->advance(rows.rows);
    });
  }

  void begin(const std::string& label) { bar_.emplace(label, "cell", cells_, quiet_); }
  void end() { bar_.reset(); }

 private:
  bool quiet_;
  Index cells_ = 0;
  std::optional<Progress> bar_;
};

}  // namespace cellmnn
