#include "cellmnn/rng.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "catch.hpp"

using Catch::Matchers::WithinAbs;
using cellmnn::philox4x32;
using cellmnn::Rng;

namespace {

using Block = std::array<std::uint32_t, 4>;

Block first_block(Rng rng) { return {rng.bits(), rng.bits(), rng.bits(), rng.bits()}; }

/// The mean of (x - center)^power over `count` draws.
template <typename Draw>
double moment(Draw draw, int count, double center, int power) {
  double sum = 0;
  for (int i = 0; i < count; ++i) sum += std::pow(draw() - center, power);
  return sum / count;
}

}  // namespace

TEST_CASE("Philox4x32-10 gives the known answers of Random123", "[rng]") {
  constexpr std::uint32_t kOnes = 0xFFFFFFFFU;
  CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) == Block{0x6627E8D5U, 0xE169C58DU, 0xBC57AC4CU, 0x9B00DBD8U});
  CHECK(philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}) ==
        Block{0x408F276DU, 0x41C83B0EU, 0xA20BC7C6U, 0x6D5451FDU});
  CHECK(philox4x32({0x243F6A88U, 0x85A308D3U, 0x13198A2EU, 0x03707344U}, {0xA4093822U, 0x299F31D0U}) ==
        Block{0xD16CFE09U, 0x94FDCCEBU, 0x5001E420U, 0x24126EA1U});
}

TEST_CASE("Seed, stream and position name a block of Philox", "[rng]") {
  constexpr std::uint64_t kSeed = 0x0123456789ABCDEFU, kStream = 0xFEDCBA9876543210U;
  Rng rng(kSeed, kStream);
  for (std::uint32_t block = 0; block < 3; ++block) {
    const Block expected = philox4x32({block, 0, 0x76543210U, 0xFEDCBA98U}, {0x89ABCDEFU, 0x01234567U});
    for (const std::uint32_t bits : expected) CHECK(rng.bits() == bits);
  }
}

TEST_CASE("The same name gives the same numbers, another name others", "[rng]") {
  CHECK(first_block(Rng(7, 3)) == first_block(Rng(7, 3)));
  std::set<Block> blocks;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    for (std::uint64_t stream = 0; stream < 20; ++stream) blocks.insert(first_block(Rng(seed, stream)));
  }
  CHECK(blocks.size() == 400);
}

TEST_CASE("Neighbouring streams are not correlated", "[rng]") {
  constexpr int kDraws = 100000;
  Rng a(1, 0), b(1, 1);
  double sum = 0;
  for (int i = 0; i < kDraws; ++i) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);
  // Each product has standard deviation 1/12.
  CHECK(std::abs(sum / kDraws) < 4.0 / 12 / std::sqrt(kDraws));
}

TEST_CASE("Uniform numbers fill (0, 1) evenly", "[rng]") {
  constexpr int kDraws = 200000;
  Rng rng(11);
  const auto draw = [&] { return rng.uniform(); };
  CHECK_THAT(moment(draw, kDraws, 0, 1), WithinAbs(0.5, 0.003));
  CHECK_THAT(moment(draw, kDraws, 0.5, 2), WithinAbs(1.0 / 12, 0.001));
  CHECK_THAT(moment(draw, kDraws, 0.5, 4), WithinAbs(1.0 / 80, 0.0003));

  double lowest = 1, highest = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = draw();
    lowest = std::min(lowest, u);
    highest = std::max(highest, u);
  }
  CHECK(lowest > 0);
  CHECK(lowest < 1e-4);
  CHECK(highest < 1);
  CHECK(highest > 1 - 1e-4);
}

TEST_CASE("Normal numbers have the moments and the tails of a standard normal", "[rng]") {
  constexpr int kDraws = 200000;
  Rng rng(12);
  const auto draw = [&] { return rng.normal(); };
  CHECK_THAT(moment(draw, kDraws, 0, 1), WithinAbs(0.0, 0.01));
  CHECK_THAT(moment(draw, kDraws, 0, 2), WithinAbs(1.0, 0.015));
  CHECK_THAT(moment(draw, kDraws, 0, 3), WithinAbs(0.0, 0.04));
  CHECK_THAT(moment(draw, kDraws, 0, 4), WithinAbs(3.0, 0.1));

  int within_one = 0, beyond_three = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double size = std::abs(draw());
    within_one += size < 1 ? 1 : 0;
    beyond_three += size > 3 ? 1 : 0;
  }
  CHECK_THAT(within_one / static_cast<double>(kDraws), WithinAbs(0.682689, 0.005));
  CHECK_THAT(beyond_three / static_cast<double>(kDraws), WithinAbs(0.0027, 0.0005));
}

TEST_CASE("Both normals of a Box-Muller pair are independent", "[rng]") {
  constexpr int kPairs = 100000;
  Rng rng(13);
  double sum = 0;
  for (int i = 0; i < kPairs; ++i) {
    const double first = rng.normal();
    sum += first * rng.normal();
  }
  CHECK(std::abs(sum / kPairs) < 4 / std::sqrt(kPairs));
}

TEST_CASE("below() is uniform over its whole range", "[rng]") {
  constexpr int kDraws = 70000;
  Rng rng(14);
  std::vector<int> counts(7, 0);
  for (int i = 0; i < kDraws; ++i) ++counts.at(static_cast<std::size_t>(rng.below(7)));
  double chi2 = 0;
  for (const int count : counts) chi2 += std::pow(count - kDraws / 7, 2) / (kDraws / 7.0);
  CHECK(chi2 < 22.5);  // 99.9 % quantile, 6 degrees of freedom
}

TEST_CASE("below() has no modulo bias and takes the extreme bounds", "[rng]") {
  Rng rng(15);
  for (int i = 0; i < 10; ++i) CHECK(rng.below(1) == 0);

  // Of four successive words two would fall on multiples of three if none were rejected.
  constexpr std::uint64_t kBound = 3ULL << 30;
  constexpr int kDraws = 20000;
  int multiples = 0;
  for (int i = 0; i < kDraws; ++i) multiples += rng.below(kBound) % 3 == 0 ? 1 : 0;
  CHECK_THAT(multiples / static_cast<double>(kDraws), WithinAbs(1.0 / 3, 0.015));

  Rng whole(16), raw(16);
  for (int i = 0; i < 10; ++i) CHECK(whole.below(1ULL << 32) == raw.bits());
}
