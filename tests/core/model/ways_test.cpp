#include "model/ways.hpp"

#include <cmath>

#include "catch.hpp"

using namespace cellmnn;

namespace {

/// Ways from cells at 0 to cells at 1, at a quarter of the way.
Ways ways_of(const std::vector<double>& masses) {
  Ways ways;
  ways.points = Matrix<double>::Constant(static_cast<Index>(masses.size()), 1, 0.25);
  for (Index i = 0; i < ways.points.rows(); ++i)
    ways.plan.push_back({i, i, masses[static_cast<std::size_t>(i)]});
  return ways;
}

Ways spread(const Ways& ways, double most) {
  const Index n = ways.points.rows();
  return spread_along(ways, Matrix<double>::Zero(n, 1), Matrix<double>::Ones(n, 1), most, 1);
}

}  // namespace

TEST_CASE("a way has points by its mass, each in its part of the range", "[ways]") {
  const std::vector<double> masses = {0.5, 0.3, 0.19, 0.01};
  const std::vector<int> counts = {8, 5, 3, 1};  // of 16
  const double most = 0.4;
  const Ways points = spread(ways_of(masses), most);
  REQUIRE(points.plan.size() == 17);
  Index next = 0;
  for (std::size_t w = 0; w < masses.size(); ++w) {
    for (int k = 0; k < counts[w]; ++k, ++next) {
      const TransportEntry& point = points.plan[static_cast<std::size_t>(next)];
      CHECK(point.source == static_cast<Index>(w));
      CHECK(point.target == static_cast<Index>(w));
      CHECK(point.mass == Approx(masses[w] / counts[w]));
      const double place = points.points(next, 0);
      const double part = place < 0.25 ? place / 0.25 - 1 : (place - 0.25) / 0.75;
      const double position = (part / most + 1) / 2 * counts[w];
      CHECK(position >= k);
      CHECK(position < k + 1);
    }
  }
}

TEST_CASE("points that are not spread are one for each way", "[ways]") {
  const Ways ways = ways_of({0.75, 0.25});
  const Ways same = spread(ways, 0);
  CHECK(same.points == ways.points);
  CHECK(same.plan.size() == 2);
}

TEST_CASE("there are not many more than 20,000 points", "[ways]") {
  const std::size_t few = 1'000, many = 15'000;
  CHECK(spread(ways_of(std::vector<double>(few, 1e-3)), 0.1).plan.size() == 4 * few);
  std::vector<double> masses(many, 0.1 / (many - 1));
  masses[0] = 0.9;
  const Ways points = spread(ways_of(masses), 0.1);
  CHECK(points.plan.size() == 18'000 + many - 1);
}
