/// One SIMD register of cells, in the width of the instruction set this file is compiled for.
///
/// Built on the vector extensions of GCC and Clang, so the same code serves SSE2, AVX2, AVX-512,
/// NEON and WebAssembly. Not for public headers: its width differs between SIMD levels.
#pragma once

#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

#include "cellmnn/types.hpp"

namespace cellmnn {

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#define CELLMNN_LANE_BYTES 64
#elif defined(__AVX2__)
#define CELLMNN_LANE_BYTES 32
#else
#define CELLMNN_LANE_BYTES 16
#endif

template <typename Scalar>
struct LaneTypes;

template <>
struct LaneTypes<float> {
  using Value = float __attribute__((vector_size(CELLMNN_LANE_BYTES)));
  using Bits = std::int32_t __attribute__((vector_size(CELLMNN_LANE_BYTES)));
  static constexpr int mantissa_bits = 23;
  static constexpr float round_magic = 0x1.8p23F;  // adding it rounds to an integer
  static constexpr float exp_floor = -87.0F;       // exp of less is not a normal number
  static constexpr int exp_terms = 7;              // r^8 / 8! < 6e-9 for |r| <= ln(2) / 2
  static constexpr float ln2_high = 0x1.62e4p-1F;  // 15 bits, so that n * ln2_high is exact
  static constexpr float ln2_low = 0x1.7f7d1cp-20F;
};

template <>
struct LaneTypes<double> {
  using Value = double __attribute__((vector_size(CELLMNN_LANE_BYTES)));
  using Bits = std::int64_t __attribute__((vector_size(CELLMNN_LANE_BYTES)));
  static constexpr int mantissa_bits = 52;
  static constexpr double round_magic = 0x1.8p52;
  static constexpr double exp_floor = -708.0;
  static constexpr int exp_terms = 13;  // r^14 / 14! < 5e-18
  static constexpr double ln2_high = 0x1.62e42feep-1;
  static constexpr double ln2_low = 0x1.a39ef35793c76p-33;
};

template <typename Scalar>
using Lanes = typename LaneTypes<Scalar>::Value;

template <typename Scalar>
inline constexpr Index kLanes = static_cast<Index>(CELLMNN_LANE_BYTES / sizeof(Scalar));

#define CELLMNN_INLINE inline __attribute__((always_inline))

template <typename Scalar>
CELLMNN_INLINE Lanes<Scalar> load(const Scalar* p) {
  Lanes<Scalar> v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

template <typename Scalar>
CELLMNN_INLINE void store(Scalar* p, const Lanes<Scalar>& v) {
  std::memcpy(p, &v, sizeof v);
}

template <typename Scalar>
CELLMNN_INLINE Lanes<Scalar> broadcast(Scalar x) {
  return Lanes<Scalar>{} + x;
}

/// 1 in the first `count` lanes, 0 in the others.
template <typename Scalar>
CELLMNN_INLINE Lanes<Scalar> first_lanes(Index count) {
  Lanes<Scalar> v{};
  for (Index i = 0; i < kLanes<Scalar> && i < count; ++i) v[i] = 1;
  return v;
}

template <typename Scalar>
CELLMNN_INLINE Lanes<Scalar> abs_lanes(const Lanes<Scalar>& v) {
  using Bits = typename LaneTypes<Scalar>::Bits;
  using Word = std::remove_reference_t<decltype(Bits{}[0])>;
  return Eigen::numext::bit_cast<Lanes<Scalar>>(Eigen::numext::bit_cast<Bits>(v) &
                                                std::numeric_limits<Word>::max());
}

/// `v`, of which no lane is negative, with the signs of `sign`.
template <typename Scalar>
CELLMNN_INLINE Lanes<Scalar> with_sign_of(const Lanes<Scalar>& v, const Lanes<Scalar>& sign) {
  using Bits = typename LaneTypes<Scalar>::Bits;
  using Word = std::remove_reference_t<decltype(Bits{}[0])>;
  return Eigen::numext::bit_cast<Lanes<Scalar>>(
      Eigen::numext::bit_cast<Bits>(v) |
      (Eigen::numext::bit_cast<Bits>(sign) & std::numeric_limits<Word>::min()));
}

template <typename Scalar>
CELLMNN_INLINE Lanes<Scalar> max_lanes(const Lanes<Scalar>& a, const Lanes<Scalar>& b) {
  return a > b ? a : b;
}

/// Added from the first lane to the last.
template <typename Scalar>
CELLMNN_INLINE Scalar sum_lanes(const Lanes<Scalar>& v) {
  Scalar sum = v[0];
  for (Index i = 1; i < kLanes<Scalar>; ++i) sum += v[i];
  return sum;
}

/// exp(x) for x <= 0, to about 1 ulp; below exp_floor the smallest value it gives there.
/// x = n ln 2 + r with |r| <= ln(2) / 2, exp(r) by its Taylor polynomial, 2^n by the exponent bits.
template <typename Scalar>
CELLMNN_INLINE Lanes<Scalar> exp_nonpositive(const Lanes<Scalar>& x) {
  using Types = LaneTypes<Scalar>;
  using Bits = typename Types::Bits;
  constexpr Scalar log2e = static_cast<Scalar>(1.4426950408889634074);
  const Lanes<Scalar> clamped = max_lanes<Scalar>(x, broadcast(Types::exp_floor));
  const Lanes<Scalar> shifted = clamped * log2e + Types::round_magic;
  const Lanes<Scalar> n = shifted - Types::round_magic;
  const Lanes<Scalar> r = (clamped - n * Types::ln2_high) - n * Types::ln2_low;
  constexpr auto inverse_factorials = [] {
    struct {
      Scalar value[Types::exp_terms + 1];
    } table{};
    double factorial = 1;
    for (int k = 0; k <= Types::exp_terms; ++k) {
      if (k > 0) factorial *= k;
      table.value[k] = static_cast<Scalar>(1 / factorial);
    }
    return table;
  }();
  Lanes<Scalar> sum = broadcast(inverse_factorials.value[Types::exp_terms]);
  for (int k = Types::exp_terms - 1; k >= 0; --k) sum = sum * r + inverse_factorials.value[k];
  // The low bits of `shifted` hold n; moved into the exponent they multiply by 2^n.
  const Bits exponent = Eigen::numext::bit_cast<Bits>(shifted) << Types::mantissa_bits;
  return Eigen::numext::bit_cast<Lanes<Scalar>>(Eigen::numext::bit_cast<Bits>(sum) + exponent);
}

}  // namespace cellmnn
