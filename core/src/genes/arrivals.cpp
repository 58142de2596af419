#include "cellmnn/arrivals.hpp"

#include <map>
#include <vector>

#include "base/eigenvalues.hpp"
#include "base/products.hpp"

namespace cellmnn {
namespace {

constexpr double kRidge = 1e-4;  // times the mean variance of a coordinate

}  // namespace

Matrix<double> population_operator(const MatrixView<float>& cells, const MatrixView<float>& predictions,
                                   const Vector<double>& t, double time) {
  std::vector<Index> rows;
  for (Index row = 0; row < t.size(); ++row) {
    if (t(row) == time) rows.push_back(row);
  }
  Matrix<double> x = cells(rows, Eigen::all).cast<double>();
  Matrix<double> way = predictions(rows, Eigen::all).cast<double>() - x;
  for (Matrix<double>* each : {&x, &way}) each->rowwise() -= each->colwise().mean().eval();
  // With x^T x = Q diag(values) Q^T, L = way^T x Q diag(1 / (values + ridge)) Q^T.
  const auto [values, vectors] = symmetric_eigen(transposed_product(x, x));
  const double ridge = kRidge * values.mean();
  const Index dims = cells.cols();
  Matrix<double> m = Matrix<double>::Identity(dims, dims);
  if (!(ridge > 0)) return m;  // all cells are alike
  const Matrix<double> q = vectors, shrunk = q * (values.array() + ridge).inverse().matrix().asDiagonal();
  m += product_transposed(product(transposed_product(way, x), shrunk), q);
  return m;
}

Matrix<float> arrivals_with_population(const CellMnn&, const MovedCells& cells, Executor&) {
  std::map<double, Matrix<double>> operators;
  Matrix<float> arrived = cells.unchanged;
  for (Index row = 0; row < cells.t.size(); ++row) {
    const double time = cells.t(row);
    auto found = operators.find(time);
    if (found == operators.end())
      found = operators.emplace(time, population_operator(cells.cells, cells.unchanged, cells.t, time)).first;
    const Vector<double> delta = (cells.moved.row(row) - cells.cells.row(row)).cast<double>().transpose();
    arrived.row(row) += (found->second * delta).cast<float>().transpose();
  }
  return arrived;
}

}  // namespace cellmnn
