/// Counter-based random numbers: the same on every platform, compiler and number of threads.
#pragma once

#include <cstdint>

namespace cellmnn {

/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
/// A generator is named by (seed, stream); two streams never overlap, so work that is cut into
/// streams (one a step, one a cell) gives the same numbers in any order.
class Rng {
 public:
  explicit Rng(std::uint64_t seed, std::uint64_t stream = 0);

  /// 32 uniform bits.
  std::uint32_t bits();

  /// Uniform in (0, 1), 32 bits of resolution; never 0 or 1.
  double uniform();

  /// Standard normal (Box-Muller on two uniforms).
  double normal();

  /// Uniform integer in [0, bound), without modulo bias; bound in [1, 2^32].
  std::uint64_t below(std::uint64_t bound);

 private:
  void refill();

  std::uint32_t key_[2];
  std::uint32_t stream_[2];
  std::uint64_t block_ = 0;
  std::uint32_t buffer_[4] = {};
  int next_ = 4;
  double spare_normal_ = 0;
  bool has_spare_normal_ = false;
};

}  // namespace cellmnn
