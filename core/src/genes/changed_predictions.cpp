#include "genes/changed_predictions.hpp"

#include <map>

#include "base/eigenvalues.hpp"

namespace cellmnn {
namespace {

constexpr double kRidge = 0.01;  // times the mean variance of a coordinate

Matrix<double> centred(Matrix<double> x) {
  x.rowwise() -= x.colwise().mean().eval();
  return x;
}

}  // namespace

Matrix<double> population_operator(const MatrixView<float>& cells, const MatrixView<float>& predictions) {
  const Index dims = cells.cols();
  const Matrix<double> old = cells.cast<double>();
  const Matrix<double> x = centred(old), way = centred(predictions.cast<double>() - old);
  const auto [values, vectors] = symmetric_eigen(x.transpose() * x);
  const double ridge = kRidge * values.mean();
  Matrix<double> m = Matrix<double>::Identity(dims, dims);
  if (!(ridge > 0)) return m;  // all cells are alike
  const Matrix<double> rotated = x * vectors;
  m += way.transpose() * rotated * (values.array() + ridge).inverse().matrix().asDiagonal() *
       vectors.transpose();
  return m;
}

ChangedPredictions::ChangedPredictions(const CellMnn& model, const MatrixView<float>& cells,
                                       const Vector<double>& t, double time, bool anew, Executor& executor)
    : model_(model),
      cells_(cells),
      t_(t),
      time_(time),
      anew_(anew),
      executor_(executor),
      unchanged_(model.predict_at(cells, t, time, executor)) {
  if (anew) return;
  std::map<double, std::vector<Index>> rows_at;
  for (Index row = 0; row < t.size(); ++row) rows_at[t(row)].push_back(row);
  for (auto& [at, rows] : rows_at) {
    const Matrix<float> own = cells(rows, Eigen::all), predictions = unchanged_(rows, Eigen::all);
    operators_.emplace_back(std::move(rows), population_operator(own, predictions));
  }
}

Matrix<float> ChangedPredictions::of(const Matrix<float>& moved) const {
  if (anew_) return model_.predict_at(moved, t_, time_, executor_);
  Matrix<float> arrived = unchanged_;
  for (const auto& [rows, m] : operators_) {
    for (const Index row : rows) {
      const Vector<double> delta = (moved.row(row) - cells_.row(row)).cast<double>().transpose();
      arrived.row(row) += (m * delta).cast<float>().transpose();
    }
  }
  return arrived;
}

}  // namespace cellmnn
