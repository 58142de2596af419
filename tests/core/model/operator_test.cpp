#include "model/operator.hpp"

#include <Eigen/LU>
#include <utility>

#include "catch.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::check_gradient;
using cellmnn::testing::random_matrix;

namespace {

struct Result {
  Matrix<double> a;  // (N, D*D)
  double det;
};

Field<double> field_of(const Matrix<double>& cells) {
  Field<double> field(cells.cols(), cells.rows());
  cells_to_field(cells.data(), cells.cols(), cells.cols(), field.view());
  return field;
}

Matrix<double> cells_of(const Field<double>& field) {
  Matrix<double> cells(field.cells(), field.features());
  field_to_cells<double>(field.view(), field.features(), cells.data(), cells.cols());
  return cells;
}

Result apply(const OperatorShape& shape, const Matrix<double>& output) {
  Operator<double> op(shape);
  Field<double> a(shape.dims * shape.dims, output.rows());
  const double det = op.forward(field_of(output).view(), a.view());
  return {cells_of(a), det};
}

}  // namespace

TEST_CASE("dense: the output is the operator, row-major", "[operator]") {
  const Matrix<double> output = random_matrix(18, 9, 1);
  const Result result = apply({OperatorKind::dense, 3, 0}, output);
  CHECK(result.a == output);
  CHECK(result.det == 0);
}

TEST_CASE("eigen: A = P^-T diag(lambda) P^T, with its zero eigenvalues last", "[operator]") {
  const Index dims = GENERATE(1, 3, 5, 6), zeros = GENERATE(0, 1);
  const OperatorShape shape{OperatorKind::eigen, dims, zeros};
  const Matrix<double> output = random_matrix(21, shape.outputs(), 2);
  const Result result = apply(shape, output);
  double det = 0;
  for (Index i = 0; i < output.rows(); ++i) {
    Vector<double> lambda = Vector<double>::Zero(dims);
    lambda.head(dims - zeros) = output.row(i).head(dims - zeros).transpose();
    const Eigen::Map<const Matrix<double>> e(output.row(i).data() + dims - zeros, dims, dims);
    const Matrix<double> p = e + Matrix<double>::Identity(dims, dims);
    const Matrix<double> expected = p.transpose().inverse() * lambda.asDiagonal() * p.transpose();
    const Eigen::Map<const Matrix<double>> got(result.a.row(i).data(), dims, dims);
    CHECK((got - expected).norm() <= 1e-9 * std::max(1.0, expected.norm()));
    det += 1 / (std::abs(p.determinant()) + 1e-4);
  }
  CHECK(std::abs(result.det - det) <= 1e-9 * det);
}

TEST_CASE("eigen: a zero on the diagonal of P is no obstacle", "[operator]") {
  Matrix<double> output = Matrix<double>::Zero(1, 6);
  output.row(0) << 0.5, -0.25, -1, 1, 1, -1;  // P = [0 1; 1 0], which swaps the two eigenvalues
  const Result result = apply({OperatorKind::eigen, 2, 0}, output);
  CHECK(result.a(0, 0) == -0.25);
  CHECK(result.a(0, 3) == 0.5);
}

TEST_CASE("the bound holds for wild outputs and hardly touches small ones", "[operator]") {
  const OperatorShape shape{OperatorKind::dense, 3, 0, 10};
  const Matrix<double> wild = apply(shape, random_matrix(20, 9, 3, 1e6)).a;
  CHECK((wild.rowwise().norm().array() <= 10).all());
  const Matrix<double> small = random_matrix(20, 9, 3, 0.1);
  CHECK((apply(shape, small).a - small).norm() <= 1e-3 * small.norm());
}

TEST_CASE("the adjoint of the operator is its gradient", "[operator][gradient]") {
  const auto shape =
      GENERATE(OperatorShape{OperatorKind::dense, 3, 0}, OperatorShape{OperatorKind::eigen, 3, 0},
               OperatorShape{OperatorKind::eigen, 4, 1}, OperatorShape{OperatorKind::dense, 3, 0, 1.5},
               OperatorShape{OperatorKind::eigen, 3, 1, 2.0});
  Matrix<double> output = random_matrix(3, shape.outputs(), 5, 0.4);
  const Matrix<double> weights = random_matrix(3, shape.dims * shape.dims, 6);
  const double det_weight = 0.2;
  const auto value = [&] {
    const Result result = apply(shape, output);
    return result.a.cwiseProduct(weights).sum() + det_weight * result.det;
  };
  Operator<double> op(shape);
  Field<double> a(shape.dims * shape.dims, 3), gradient(shape.outputs(), 3);
  op.forward(field_of(output).view(), a.view());
  op.backward(std::as_const(a).view(), field_of(weights).view(), det_weight, gradient.view());
  const Matrix<double> exact = cells_of(gradient);
  check_gradient(output.data(), output.size(), exact.data(), value);
}

TEST_CASE("operator kinds have names", "[operator]") {
  for (const auto kind : {OperatorKind::dense, OperatorKind::eigen}) CHECK(operator_kind(name(kind)) == kind);
  CHECK_FALSE(operator_kind("sparse").has_value());
}
