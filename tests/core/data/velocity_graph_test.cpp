#include "cellmnn/velocity_graph.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"

using namespace cellmnn;
using Catch::Matchers::WithinAbs;

namespace {

Matrix<float> random_cells(Index cells, Index dims) {
  Rng rng(2);
  Matrix<float> x(cells, dims);
  for (float& value : x.reshaped<Eigen::RowMajor>()) value = static_cast<float>(rng.normal());
  return x;
}

}  // namespace

TEST_CASE("The nearest cells are those of a full search", "[velocity-graph]") {
  SerialExecutor executor;
  const Matrix<float> cells = random_cells(200, 4);
  const Matrix<Index> nearest = nearest_cells(cells, 7, executor);
  for (Index i = 0; i < 200; ++i) {
    Vector<float> distances = (cells.rowwise() - cells.row(i)).rowwise().squaredNorm();
    distances(i) = std::numeric_limits<float>::infinity();
    for (Index k = 0; k < 7; ++k) {
      Index expected = 0;
      distances.minCoeff(&expected);
      CHECK(nearest(i, k) == expected);
      distances(expected) = std::numeric_limits<float>::infinity();
    }
  }
}

TEST_CASE("Cells at one place are neighbours of each other and never of themselves", "[velocity-graph]") {
  SerialExecutor executor;
  const Matrix<Index> nearest = nearest_cells(Matrix<float>::Ones(30, 2), 3, executor);
  for (Index i = 0; i < 30; ++i) CHECK((nearest.row(i).array() != i).all());
  REQUIRE_THROWS_MATCHES(nearest_cells(Matrix<float>::Ones(3, 2), 3, executor), Error,
                         error_with(ErrorCode::bad_input, {"3 neighbours of each of 3 cells"}));
}

TEST_CASE("Cells without coordinates, or that are nowhere, have no neighbours", "[velocity-graph]") {
  SerialExecutor executor;
  REQUIRE_THROWS_MATCHES(nearest_cells(Matrix<float>(30, 0), 2, executor), Error,
                         error_with(ErrorCode::bad_input, {"have no coordinates"}));
  Matrix<float> cells = random_cells(30, 2);
  cells(7, 1) = std::numeric_limits<float>::quiet_NaN();
  REQUIRE_THROWS_MATCHES(nearest_cells(cells, 2, executor), Error,
                         error_with(ErrorCode::bad_input, {"not finite"}));
}

TEST_CASE("A cell moves towards the neighbours ahead of it", "[velocity-graph]") {
  SerialExecutor executor;
  // A cell with one neighbour on each side; the others are far away.
  const Matrix<float> cells{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}};
  Matrix<float> velocity = Matrix<float>::Zero(5, 2);
  velocity.row(0) << 3, 0;
  const VelocityGraph graph = velocity_graph(cells, velocity, 4, executor);
  const double sum = std::exp(10.0) + std::exp(-10.0) + 2;
  for (Index k = 0; k < 4; ++k) {
    const double cosine = static_cast<double>(cells(graph.neighbors(0, k), 0));
    CHECK_THAT(graph.probabilities(0, k), WithinAbs(std::exp(10 * cosine) / sum, 1e-6));
    CHECK(graph.probabilities(1, k) == 0.25F);  // does not move
  }
  // Another embedding in which the axes have changed places and sizes.
  const Matrix<float> embedding = cells.rowwise().reverse() * 5;
  const Matrix<float> projected = projected_velocity(graph, embedding);
  CHECK_THAT(projected(0, 0), WithinAbs(0, 1e-6));
  CHECK_THAT(projected(0, 1), WithinAbs((std::exp(10.0) - std::exp(-10.0)) / sum, 1e-6));
  CHECK(projected.bottomRows(4).norm() < 1e-6F);
}

TEST_CASE("A rotation of the embedding rotates its velocities", "[velocity-graph]") {
  SerialExecutor executor;
  const Matrix<float> cells = random_cells(300, 2);
  Matrix<float> velocity(300, 2);
  velocity << cells.col(1), -cells.col(0);
  const VelocityGraph graph = velocity_graph(cells, velocity, 20, executor);
  CHECK((graph.probabilities.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-6F);
  const Matrix<float> projected = projected_velocity(graph, cells);
  Index right = 0;
  for (Index i = 0; i < 300; ++i) right += projected.row(i).dot(velocity.row(i)) > 0 ? 1 : 0;
  CHECK(right > 290);
  const Matrix<float> turn{{0.6F, -0.8F}, {0.8F, 0.6F}};
  CHECK(projected_velocity(graph, cells * turn).isApprox(projected * turn, 1e-5F));
}
