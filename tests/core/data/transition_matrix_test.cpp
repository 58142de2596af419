#include <algorithm>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/velocity_graph.hpp"
#include "error_matcher.hpp"
#include "sparse_data.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;
using Catch::Matchers::WithinAbs;

namespace {

Matrix<float> random_rows(Index cells, Index dims, std::uint64_t seed) {
  Rng rng(seed);
  Matrix<float> x(cells, dims);
  for (float& value : x.reshaped<Eigen::RowMajor>()) value = static_cast<float>(rng.normal());
  return x;
}

}  // namespace

TEST_CASE("Transitions are those of their definition", "[transition-matrix]") {
  SerialExecutor executor;
  const Matrix<float> x = random_rows(90, 3, 1), v = random_rows(90, 3, 2);
  const TransitionMatrix found = transition_matrix(x, v, 6, std::nullopt, executor);
  const Matrix<Index> nearest = nearest_cells(x, 6, executor);
  Matrix<double> neighbors = Matrix<double>::Zero(90, 90), cosines = neighbors;
  std::vector<double> sizes;
  for (Index i = 0; i < 90; ++i) {
    for (const Index j : nearest.row(i)) neighbors(i, j) = neighbors(j, i) = 1;
  }
  for (Index i = 0; i < 90; ++i) {
    for (Index j = 0; j < 90; ++j) {
      if (neighbors(i, j) == 0) continue;
      const Eigen::RowVectorXd step = (x.row(j) - x.row(i)).cast<double>();
      cosines(i, j) = step.normalized().dot(v.row(i).cast<double>().normalized());
      sizes.push_back(std::abs(cosines(i, j)));
    }
  }
  std::sort(sizes.begin(), sizes.end());
  CHECK_THAT(found.scale, WithinAbs(1 / sizes[sizes.size() / 2], 1e-9));

  const Matrix<float> probabilities = dense(found.probabilities), distances = dense(found.distances),
                      connectivities = dense(found.connectivities);
  for (Index i = 0; i < 90; ++i) {
    const Eigen::ArrayXd weights =
        neighbors.row(i).transpose().array() * (found.scale * cosines.row(i).transpose().array()).exp();
    CHECK(
        (probabilities.row(i).transpose().cast<double>().array() - weights / weights.sum()).abs().maxCoeff() <
        1e-6);
    for (Index j = 0; j < 90; ++j) {
      const double distance = (x.row(j) - x.row(i)).cast<double>().norm();
      if (neighbors(i, j) == 0) {
        CHECK(distances(i, j) == 0);
        continue;
      }
      const double radii = (x.row(nearest(i, 5)) - x.row(i)).cast<double>().norm() *
                           (x.row(nearest(j, 5)) - x.row(j)).cast<double>().norm();
      CHECK_THAT(distances(i, j), WithinAbs(distance, 1e-6));
      CHECK_THAT(connectivities(i, j), WithinAbs(std::exp(-distance * distance / radii), 1e-6));
    }
  }
}

TEST_CASE("A given scale is used: 0 makes all neighbours alike", "[transition-matrix]") {
  SerialExecutor executor;
  const Matrix<float> x = random_rows(40, 2, 1);
  const TransitionMatrix found = transition_matrix(x, random_rows(40, 2, 2), 5, 0.0, executor);
  CHECK(found.scale == 0);
  for (Index i = 0; i < 40; ++i) {
    const auto neighbors =
        static_cast<float>(found.probabilities.start(i + 1) - found.probabilities.start(i));
    found.probabilities.for_row(i, [&](Index, float p) { CHECK_THAT(p, WithinAbs(1 / neighbors, 1e-6)); });
  }
}

TEST_CASE("Transitions refuse what they cannot be made of", "[transition-matrix]") {
  SerialExecutor executor;
  const Matrix<float> x = random_rows(20, 2, 1);
  CHECK_THROWS_MATCHES(transition_matrix(x, random_rows(20, 3, 2), 5, std::nullopt, executor), Error,
                       error_with(ErrorCode::bad_input, {"of one shape"}));
  CHECK_THROWS_MATCHES(transition_matrix(x, x, 20, std::nullopt, executor), Error,
                       error_with(ErrorCode::bad_input, {"20 neighbours"}));
  CHECK_THROWS_MATCHES(transition_matrix(x, x, 5, -1.0, executor), Error,
                       error_with(ErrorCode::usage, {"scale must be"}));
  Matrix<float> nowhere = x;
  nowhere(3, 0) = std::numeric_limits<float>::infinity();
  CHECK_THROWS_MATCHES(transition_matrix(x, nowhere, 5, std::nullopt, executor), Error,
                       error_with(ErrorCode::bad_input, {"velocities", "not finite"}));
  const Matrix<float> alike = Matrix<float>::Ones(20, 2);
  CHECK_THROWS_MATCHES(transition_matrix(alike, x, 5, std::nullopt, executor), Error,
                       error_with(ErrorCode::bad_input, {"at its own place"}));
}
