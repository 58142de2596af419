#include "cellmnn/point_cloud.hpp"

#include <cmath>

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("points are drawn in proportion to their weights", "[transport]") {
  const PointCloud cloud{(Matrix<double>(3, 1) << 0, 1, 2).finished(),
                         (Vector<double>(3) << 1, 0, 3).finished()};
  const Matrix<double> drawn = sampled(cloud, 20000, 1, 0);
  const auto share = [&](double value) { return (drawn.array() == value).cast<double>().mean(); };
  CHECK(std::abs(share(0) - 0.25) < 0.01);
  CHECK(share(1) == 0);
  CHECK(sampled(cloud, 20000, 1, 0) == drawn);
  CHECK(sampled(cloud, 20000, 1, 1) != drawn);
  const Matrix<double> uniform = sampled({cloud.points, {}}, 20000, 1, 0);
  CHECK(std::abs((uniform.array() == 1).cast<double>().mean() - 1.0 / 3) < 0.01);
}

TEST_CASE("a cloud of more points than asked for is replaced by points drawn from it", "[transport]") {
  const PointCloud cloud{(Matrix<double>(3, 1) << 5, 6, 7).finished(), {}};
  CHECK(at_most(cloud, 3, 1, 0).points == cloud.points);
  const PointCloud fewer = at_most(cloud, 2, 1, 0);
  CHECK(fewer.points == cloud.points(sampled_rows(cloud, 2, 1, 0), Eigen::all));
  CHECK(fewer.points.rows() == 2);
}
