#include "cellmnn/rng.hpp"

#include <cmath>

namespace cellmnn {
namespace {

constexpr double kTwoPi = 6.283185307179586476925286766559;

struct Product {
  std::uint32_t high, low;
};

Product multiply(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t p = static_cast<std::uint64_t>(a) * b;
  return {static_cast<std::uint32_t>(p >> 32), static_cast<std::uint32_t>(p)};
}

}  // namespace

Rng::Rng(std::uint64_t seed, std::uint64_t stream)
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
      stream_{static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)} {}

void Rng::refill() {
  std::uint32_t c[4] = {static_cast<std::uint32_t>(block_), static_cast<std::uint32_t>(block_ >> 32),
                        stream_[0], stream_[1]};
  std::uint32_t k[2] = {key_[0], key_[1]};
  for (int round = 0; round < 10; ++round) {
    const Product p0 = multiply(0xD2511F53U, c[0]);
    const Product p1 = multiply(0xCD9E8D57U, c[2]);
    const std::uint32_t next[4] = {p1.high ^ c[1] ^ k[0], p1.low, p0.high ^ c[3] ^ k[1], p0.low};
    for (int i = 0; i < 4; ++i) c[i] = next[i];
    k[0] += 0x9E3779B9U;
    k[1] += 0xBB67AE85U;
  }
  for (int i = 0; i < 4; ++i) buffer_[i] = c[i];
  ++block_;
  next_ = 0;
}

std::uint32_t Rng::bits() {
  if (next_ == 4) refill();
  return buffer_[next_++];
}

double Rng::uniform() { return (static_cast<double>(bits()) + 0.5) * 0x1p-32; }

double Rng::normal() {
  if (has_spare_normal_) {
    has_spare_normal_ = false;
    return spare_normal_;
  }
  const double radius = std::sqrt(-2.0 * std::log(uniform()));
  const double angle = kTwoPi * uniform();
  spare_normal_ = radius * std::sin(angle);
  has_spare_normal_ = true;
  return radius * std::cos(angle);
}

std::uint64_t Rng::below(std::uint64_t bound) {
  // Lemire, "Fast random integer generation in an interval", 2019.
  const std::uint64_t threshold = (std::uint64_t{1} << 32) % bound;
  for (;;) {
    const std::uint64_t product = static_cast<std::uint64_t>(bits()) * bound;
    if (static_cast<std::uint32_t>(product) >= threshold) return product >> 32;
  }
}

}  // namespace cellmnn
