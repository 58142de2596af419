/// Counter-based random numbers: the same on every platform, compiler and number of threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cellmnn {

/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): 128 random
/// bits for each counter, a different sequence for each key.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

/// A sequence of random numbers. The key is the seed, the counter [block, stream], low words first.
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
  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t block_ = 0;
  std::array<std::uint32_t, 4> buffer_ = {};
  std::size_t next_ = 4;
  double spare_normal_ = 0;
  bool has_spare_normal_ = false;
};

}  // namespace cellmnn
