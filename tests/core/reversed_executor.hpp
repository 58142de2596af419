/// Runs the blocks backwards, as some thread schedule might.
#pragma once

#include "cellmnn/parallel.hpp"

namespace cellmnn::testing {

class ReversedExecutor final : public Executor {
 public:
  void run(std::ptrdiff_t blocks, BlockTask task) override {
    while (blocks-- > 0) task(blocks);
  }
  int threads() const override { return 1; }
};

}  // namespace cellmnn::testing
