#include <Eigen/Core>

#include "catch.hpp"

TEST_CASE("products are cut into the same blocks on every machine", "[products]") {
  CHECK(Eigen::l1CacheSize() == Eigen::internal::defaultL1CacheSize);
  CHECK(Eigen::l2CacheSize() == Eigen::internal::defaultL2CacheSize);
  CHECK(Eigen::l3CacheSize() == Eigen::internal::defaultL3CacheSize);
}
