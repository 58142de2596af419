#include "lanes/lanes.hpp"

#include <cmath>

#include "catch.hpp"

using namespace cellmnn;

TEMPLATE_TEST_CASE("exp_nonpositive agrees with std::exp to a few roundings", "[lanes]", float, double) {
  const TestType floor = LaneTypes<TestType>::exp_floor;
  for (int i = 0; i <= 20000; ++i) {
    const TestType x = floor * static_cast<TestType>(i) / 20000;
    const TestType expected = std::exp(x);
    const TestType got = exp_nonpositive<TestType>(broadcast(x))[0];
    REQUIRE(std::abs(got - expected) <= 3 * std::numeric_limits<TestType>::epsilon() * expected);
  }
  CHECK(exp_nonpositive<TestType>(broadcast(TestType(0)))[0] == TestType(1));
  CHECK(exp_nonpositive<TestType>(broadcast(TestType(-1e30)))[0] < std::numeric_limits<TestType>::epsilon());
}

TEMPLATE_TEST_CASE("lanes: absolute value, sum and mask", "[lanes]", float, double) {
  Lanes<TestType> v{};
  for (Index i = 0; i < kLanes<TestType>; ++i) v[i] = static_cast<TestType>(i % 2 == 0 ? -i : i);
  TestType expected = 0;
  for (Index i = 0; i < kLanes<TestType>; ++i) {
    CHECK(abs_lanes<TestType>(v)[i] == static_cast<TestType>(i));
    if (i < 3) expected += static_cast<TestType>(i);
  }
  CHECK(sum_lanes<TestType>(abs_lanes<TestType>(v) * first_lanes<TestType>(3)) == expected);
}
