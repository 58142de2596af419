/// How the core asks for parallel work without knowing about threads.
#pragma once

#include <cstddef>
#include <type_traits>

namespace cellmnn {

/// A non-owning reference to a callable void(std::ptrdiff_t block); never allocates.
class BlockTask {
 public:
  template <typename F, typename = std::enable_if_t<!std::is_same_v<std::decay_t<F>, BlockTask>>>
  BlockTask(F&& f)  // NOLINT: implicit on purpose, so that a lambda can be passed
      : object_(const_cast<void*>(static_cast<const void*>(&f))),
        call_([](void* object, std::ptrdiff_t block) {
          (*static_cast<std::remove_reference_t<F>*>(object))(block);
        }) {}

  void operator()(std::ptrdiff_t block) const { call_(object_, block); }

 private:
  void* object_;
  void (*call_)(void*, std::ptrdiff_t);
};

/// Runs task(0) ... task(blocks - 1), in any order and possibly at the same time, and returns when
/// all are done. The caller cuts work into blocks that do not depend on the number of threads and
/// adds partial results in block order, so results have the same bits for any executor.
/// An exception thrown by a block is rethrown to the caller after the others have ended.
class Executor {
 public:
  Executor() = default;
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  virtual ~Executor() = default;
  virtual void run(std::ptrdiff_t blocks, BlockTask task) = 0;
  virtual int threads() const = 0;
};

/// Runs the blocks one after the other on the calling thread.
class SerialExecutor final : public Executor {
 public:
  void run(std::ptrdiff_t blocks, BlockTask task) override {
    for (std::ptrdiff_t block = 0; block < blocks; ++block) task(block);
  }
  int threads() const override { return 1; }
};

}  // namespace cellmnn
