#include "allocation/counted_malloc.hpp"

#include <atomic>
#include <cerrno>
#include <cstddef>

namespace {

std::atomic<long> all{0}, live{0}, until_failure{0};

/// `allocate` unless it is to fail.
template <typename Allocate>
void* counted(const Allocate& allocate) noexcept {
  if (until_failure > 0 && --until_failure == 0) {
    errno = ENOMEM;
    return nullptr;
  }
  ++all;
  void* const block = allocate();
  if (block != nullptr) ++live;
  return block;
}

}  // namespace

// NOLINTBEGIN: glibc's own names, and replacements of the C library's
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);

void* malloc(std::size_t size) noexcept {
  return counted([=] { return __libc_malloc(size); });
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  return counted([=] { return __libc_calloc(count, size); });
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return counted([=] { return __libc_memalign(alignment, size); });
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
  *block = aligned_alloc(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}
void free(void* block) noexcept {
  if (block != nullptr) --live;
  __libc_free(block);
}
void* realloc(void* block, std::size_t size) noexcept {
  if (block == nullptr) return malloc(size);
  if (size == 0) {
    free(block);
    return nullptr;
  }
  void* const other = counted([=] { return __libc_realloc(block, size); });
  if (other != nullptr) --live;  // the block itself
  return other;
}
}
// NOLINTEND

namespace cellmnn::testing {

long allocations() { return all; }
long live_blocks() { return live; }

FailedAllocation::FailedAllocation(long number) { until_failure = number; }
FailedAllocation::~FailedAllocation() { until_failure = 0; }
bool FailedAllocation::has_failed() const { return until_failure == 0; }

}  // namespace cellmnn::testing
