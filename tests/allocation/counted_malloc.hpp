/// Every malloc of the process, also those of the core's shared library, counted and failed at will.
#pragma once

namespace cellmnn::testing {

long allocations();  ///< since the process began
long live_blocks();  ///< allocated and not freed

/// Fails one allocation: the first from now on if `number` is 1. Such a request lasts until it is met or this
/// object is destroyed.
class FailedAllocation {
 public:
  explicit FailedAllocation(long number);
  ~FailedAllocation();
  FailedAllocation(const FailedAllocation&) = delete;
  FailedAllocation& operator=(const FailedAllocation&) = delete;

  bool has_failed() const;
};

}  // namespace cellmnn::testing
