#include "native/io/h5ad/centring.hpp"

#include <cmath>

#include "catch.hpp"

using namespace cellmnn;

namespace {

const Matrix<double> kExpression{{1, 0, 2}, {0, 3, 1}, {2, 2, 0}, {4, 1, 1}};
const Matrix<float> kLoadings{{0.6F, 0.8F}, {0.8F, -0.6F}, {0, 0}};

Matrix<double> products(const Matrix<double>& expression) { return expression * kLoadings.cast<double>(); }

Matrix<float> centred_on(const Eigen::RowVector3d& mean) {
  return products(kExpression.rowwise() - mean).cast<float>();
}

}  // namespace

TEST_CASE("components of the expression differ from its products by one offset", "[centring]") {
  const Eigen::RowVector3d mean = kExpression.colwise().mean();
  const Centring found = centring(products(kExpression), centred_on(mean));
  CHECK(found.misfit < 1e-6);
  CHECK(offset_error(mean.transpose(), kLoadings, found) < 1e-6);
  CHECK(mean_with_offset(mean.transpose(), kLoadings, found.offset)
            .isApprox(mean.transpose().cast<float>(), 1e-5F));
}

TEST_CASE("components of something else do not", "[centring]") {
  const Matrix<double> logs = kExpression.array().log1p().matrix();
  const Matrix<float> coordinates = products(logs).cast<float>();
  CHECK(centring(products(kExpression), coordinates).misfit > 0.3);
  CHECK(centring(products(logs), coordinates).misfit < 1e-6);
}

TEST_CASE("the mean is moved to the centre of more cells than there are", "[centring]") {
  const Eigen::RowVector3d centre{5, -1, 1}, mean = kExpression.colwise().mean();
  const Centring found = centring(products(kExpression), centred_on(centre));
  CHECK(found.misfit < 1e-6);
  CHECK(offset_error(mean.transpose(), kLoadings, found) > 0.5);
  const Vector<float> moved = mean_with_offset(mean.transpose(), kLoadings, found.offset);
  CHECK(std::abs(moved(0) - 5) < 1e-4);
  CHECK(std::abs(moved(1) + 1) < 1e-4);
  CHECK(std::abs(moved(2) - 1) < 1e-4);  // as in the cells: the components do not know this gene
}

TEST_CASE("coordinates that do not vary fit nothing", "[centring]") {
  CHECK(std::isinf(centring(Matrix<double>::Ones(3, 2), Matrix<float>::Zero(3, 2)).misfit));
}
