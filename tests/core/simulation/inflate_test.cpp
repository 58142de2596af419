#include "cellmnn/inflate.hpp"

#include <numeric>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::turning_cloud;

TEST_CASE("inflated counts keep the shares of the snapshots and add up", "[inflate]") {
  TimeCourse data = turning_cloud({0, 1, 2}, 10);
  data.snapshots[1].cells.conservativeResize(1, 3);
  CHECK(inflated_counts(data, 21) == std::vector<Index>{10, 1, 10});
  CHECK(inflated_counts(data, 2100) == std::vector<Index>{1000, 100, 1000});
  const Index cells = GENERATE(22, 23, 31, 999);
  const std::vector<Index> counts = inflated_counts(data, cells);
  CHECK(std::accumulate(counts.begin(), counts.end(), Index{0}) == cells);
  CHECK(counts[1] >= 1);
  CHECK_THROWS_MATCHES(inflated_counts(data, 20), Error, error_with(ErrorCode::usage, {"cells is 20", "21"}));
}

TEST_CASE("inflated cells are the same in pieces of any size", "[inflate]") {
  const TimeCourse data = turning_cloud({0, 1});
  const Matrix<float> whole = inflated_cells(data, 1, 0, 100, 3);
  Matrix<float> pieces(100, 3);
  pieces << inflated_cells(data, 1, 0, 33, 3), inflated_cells(data, 1, 33, 67, 3);
  CHECK(pieces == whole);
  CHECK(inflated_cells(data, 0, 0, 100, 3) != whole);
  CHECK(inflated_cells(data, 1, 0, 100, 4) != whole);
}

TEST_CASE("an inflated cell is one of its snapshot plus noise", "[inflate]") {
  TimeCourse data = turning_cloud({0, 1}, 2, 2);
  data.snapshots[1].cells << 0, 0, 100, 100;
  const Matrix<double> cells = inflated_cells(data, 1, 0, 20000, 1).cast<double>();
  const auto upper = (cells.col(0).array() > 50).cast<double>();
  CHECK(std::abs(upper.mean() - 0.5) < 0.02);
  const Eigen::ArrayXd noise = cells.col(1).array() - 100 * upper;
  CHECK(std::abs(noise.mean()) < 0.005);
  CHECK(std::abs(std::sqrt(noise.square().mean()) - 0.1) < 0.005);
}
