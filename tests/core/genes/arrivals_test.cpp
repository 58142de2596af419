#include "cellmnn/arrivals.hpp"

#include <Eigen/LU>

#include "catch.hpp"
#include "gene_model.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

Matrix<double> covariance(const Matrix<float>& cells) {
  Matrix<double> x = cells.cast<double>();
  x.rowwise() -= x.colwise().mean().eval();
  return x.transpose() * x / static_cast<double>(x.rows());
}

/// M by its definition, of predictions whose slope is J: the ridge draws it towards I.
Matrix<double> expected_operator(const Matrix<float>& cells, const Matrix<double>& slope) {
  const Index dims = cells.cols();
  const Eigen::MatrixXd c = covariance(cells), identity = Eigen::MatrixXd::Identity(dims, dims);
  const double ridge = 1e-4 * c.trace() / static_cast<double>(dims);
  const Eigen::MatrixXd shrunk = c * (c + ridge * identity).lu().inverse();
  return identity + (slope - identity) * shrunk;
}

Vector<double> times(Index cells) { return Vector<double>::Constant(cells, 3); }

}  // namespace

TEST_CASE("the operator of a population is the slope of predictions that are linear", "[arrivals]") {
  const Matrix<float> cells = gene_cells(30);
  const Matrix<double> slope = random_matrix(kGeneDims, kGeneDims, 4);
  const Matrix<double> line = cells.cast<double>() * slope.transpose();
  const Matrix<float> predictions = (line.array() + 0.7).matrix().cast<float>();
  CHECK((population_operator(cells, predictions, times(30), 3) - expected_operator(cells, slope))
            .cwiseAbs()
            .maxCoeff() < 1e-5);
}

TEST_CASE("of cells near each other it is the slope that finite differences give", "[arrivals]") {
  SerialExecutor executor;
  const CellMnn model = gene_model();
  constexpr Index kCells = 60;
  const float spread = 0.01F;
  Matrix<float> cells = spread * random_matrix(kCells, kGeneDims, 5).cast<float>();
  const Matrix<float> centre = gene_cells(1);
  cells.rowwise() += centre.row(0);
  Matrix<float> beside(2 * kGeneDims, kGeneDims);  // of the centre, on both sides
  beside.rowwise() = centre.row(0);
  for (Index d = 0; d < kGeneDims; ++d) {
    beside(2 * d, d) += spread;
    beside(2 * d + 1, d) -= spread;
  }
  const Matrix<float> after = model.predict_at(beside, times(2 * kGeneDims), 5, executor);
  Matrix<double> slope(kGeneDims, kGeneDims);
  for (Index d = 0; d < kGeneDims; ++d) {
    slope.col(d) =
        (after.row(2 * d) - after.row(2 * d + 1)).cast<double>().transpose() / (2 * double{spread});
  }
  REQUIRE((slope - Matrix<double>::Identity(kGeneDims, kGeneDims)).cwiseAbs().maxCoeff() > 0.1);
  const Matrix<double> m =
      population_operator(cells, model.predict_at(cells, times(kCells), 5, executor), times(kCells), 3);
  CHECK((m - expected_operator(cells, slope)).cwiseAbs().maxCoeff() < 0.02);
}

TEST_CASE("cells that span nothing leave a change as it is", "[arrivals]") {
  const Matrix<float> cells = gene_cells(1);
  const Matrix<float> predictions = cells.array() + 1;
  CHECK(population_operator(cells, predictions, times(1), 3).isIdentity(0));
}

TEST_CASE("moved cells go on with those of their own time", "[arrivals]") {
  SerialExecutor executor;
  const CellMnn model = gene_model();
  const Matrix<float> cells = gene_cells(20);
  const MatrixView<float> measured = cells;
  Vector<double> t = times(20);
  for (Index row = 0; row < 20; row += 2) t(row) = 4;
  const Matrix<float> moved = cells + 0.3F * random_matrix(20, kGeneDims, 6).cast<float>();
  const Matrix<float> unchanged = model.predict_at(cells, t, 5, executor);
  CHECK(arrivals_with_population(model, {measured, t, 5, unchanged, cells}, executor) == unchanged);
  const Matrix<float> arrived = arrivals_with_population(model, {measured, t, 5, unchanged, moved}, executor);
  for (Index first = 0; first < 2; ++first) {
    const auto own = Eigen::seqN(first, 10, 2);
    const Matrix<float> of_time = cells(own, Eigen::all), predicted = unchanged(own, Eigen::all);
    const Matrix<double> m = population_operator(of_time, predicted, times(10), 3);
    const Matrix<double> carried = (moved - cells).cast<double>()(own, Eigen::all) * m.transpose();
    const Matrix<double> difference = (arrived - unchanged).cast<double>()(own, Eigen::all);
    CHECK((difference - carried).cwiseAbs().maxCoeff() < 1e-5);
  }
  CHECK(arrivals_anew(model, {measured, t, 5, unchanged, moved}, executor) ==
        model.predict_at(moved, t, 5, executor));
}
