#include "base/near_order.hpp"

#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "cellmnn/rng.hpp"

using namespace cellmnn;

TEST_CASE("in an order of near points steps are short", "[near_order]") {
  Rng rng(1, 0);
  Matrix<float> points(1000, 2);
  for (float& value : points.reshaped()) value = static_cast<float>(rng.uniform());
  const std::vector<Index> places = near_order(points);
  std::vector<Index> order(1000, -1);
  for (std::size_t i = 0; i < places.size(); ++i)
    order[static_cast<std::size_t>(places[i])] = static_cast<Index>(i);
  REQUIRE(std::find(order.begin(), order.end(), -1) == order.end());  // each place once
  double length = 0;
  for (std::size_t k = 1; k < order.size(); ++k) {
    length += static_cast<double>((points.row(order[k]) - points.row(order[k - 1])).norm());
  }
  CHECK(length / 999 < 0.1);  // 0.52 in random order
}

TEST_CASE("few points, and points at one place, have an order", "[near_order]") {
  CHECK(near_order(Matrix<float>(0, 3)).empty());
  CHECK(near_order(Matrix<float>::Zero(1, 3)) == std::vector<Index>{0});
  CHECK(near_order(Matrix<float>::Zero(4, 3)) == std::vector<Index>{0, 1, 2, 3});
}
