#include "cellmnn/fate_trends.hpp"

#include <cmath>

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("a trend is the mean over the cells that reach a fate", "[trends]") {
  Matrix<float> x(4, 2);
  x << 1, 10, 3, 10, 5, 10, 7, 10;
  Matrix<double> reached(4, 3);
  reached << 1, 0.5, 0, 1, 0.5, 0, 0, 0.5, 0, 0, 0.5, 0;
  const Trend trend = fate_means(x, reached);
  CHECK(trend.mean(0, 0) == 2);
  CHECK(trend.mean(1, 0) == 4);
  CHECK(trend.error(0, 0) == Approx(std::sqrt(0.5)));
  CHECK(trend.error(1, 0) == Approx(std::sqrt(20.0) / 4));  // the standard error of a mean of four
  CHECK(trend.error(1, 1) == 0);
  CHECK(std::isnan(trend.mean(2, 0)));
}

TEST_CASE("between the times a trend goes through the measured means", "[trends]") {
  Matrix<double> values(3, 2);
  values << 0, 1, 4, 1, 2, 1;
  const Matrix<double> found = between_times({0, 1, 3}, values, {0, 0.5, 1, 2, 3});
  CHECK(found(0, 0) == 0);
  CHECK(found(2, 0) == 4);
  CHECK(found(4, 0) == 2);
  CHECK(found(1, 0) > 0);
  CHECK(found(1, 0) < 4);
  CHECK(found.col(0).maxCoeff() == 4);
  CHECK(found.col(1) == Vector<double>::Ones(5));
}
