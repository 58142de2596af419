#include "model/bridge.hpp"

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("cells that a plan leaves out lack what the nearest cell lacks", "[bridge]") {
  Matrix<double> arrived(4, 2), measured(2, 2);
  arrived << 0, 0, 10, 0, 9, 1, 1, 1;
  measured << 0, 2, 10, -3;
  const Vector<double> weights = Eigen::Vector4d(0.5, 0.5, 0, 0);
  Matrix<double> expected(4, 2);
  expected << 0, 2, 0, -3, 0, -3, 0, 2;
  CHECK((shortfall({arrived, weights}, measured, 1) - expected).norm() < 1e-12);
}
