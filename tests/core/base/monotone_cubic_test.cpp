#include "base/monotone_cubic.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("a monotone cubic goes through its nodes and is straight where they are", "[base]") {
  const std::vector<double> nodes = {0, 1, 3, 4}, values = {2, 5, -1, -1};
  for (std::size_t k = 0; k < nodes.size(); ++k)
    CHECK(std::abs(monotone_cubic(nodes, values, nodes[k]) - values[k]) < 1e-14);
  const std::vector<double> line = {1, 3, 7, 9};
  for (const double x : {0.0, 0.25, 1.5, 2.9, 3.5, 4.0})
    CHECK(std::abs(monotone_cubic(nodes, line, x) - (1 + 2 * x)) < 1e-14);
  CHECK(std::abs(monotone_cubic({1, 3}, {2, 8}, 2.5) - 6.5) < 1e-14);
}

TEST_CASE("a monotone cubic has the values of SciPy's PchipInterpolator", "[base]") {
  const std::vector<double> nodes = {0, 1, 1.5, 3, 5}, values = {0, 2, 2.5, 2.2, 4};
  const std::vector<std::pair<double, double>> expected = {
      {0.3, 0.743},           {0.9, 1.86385714285714}, {1.2, 2.26857142857143},
      {2, 2.42222222222222},  {2.9, 2.20382222222222}, {3.5, 2.33794642857143},
      {4.7, 3.55933214285714}};
  for (const auto& [x, y] : expected) CHECK(std::abs(monotone_cubic(nodes, values, x) - y) < 1e-13);
}

TEST_CASE("a monotone cubic stays between neighbouring nodes", "[base]") {
  const std::vector<double> nodes = {0, 0.1, 2, 2.5, 6}, values = {0, 5, 5.1, -3, -2};
  for (std::size_t k = 0; k + 1 < nodes.size(); ++k) {
    const auto [low, high] = std::minmax(values[k], values[k + 1]);
    for (int i = 0; i <= 20; ++i) {
      const double y = monotone_cubic(nodes, values, nodes[k] + (nodes[k + 1] - nodes[k]) * i / 20);
      CHECK(y >= low - 1e-12);
      CHECK(y <= high + 1e-12);
    }
  }
}
