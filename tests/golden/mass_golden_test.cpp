/// The loss with mass, offset and agreement against float64 values of an independent PyTorch statement, whose
/// constants these are.
#include <cmath>
#include <xtensor/xarray.hpp>

#include "catch.hpp"
#include "golden/golden_file.hpp"
#include "native/io/numpy/npz.hpp"
#include "training/objective.hpp"

using namespace cellmnn;

namespace {

Matrix<double> matrix(const NpzFile& file, const std::string& name, Index columns) {
  const xt::xarray<double> values = file.numbers(name);
  return Eigen::Map<const Matrix<double>>(values.data(), static_cast<Index>(values.size()) / columns,
                                          columns);
}

double number(const NpzFile& file, const std::string& name) { return matrix(file, name, 1)(0, 0); }

/// weight0, bias0, weight1, ... as the encoder's flat buffer.
Vector<double> flat(const NpzFile& file, const std::string& ending) {
  Vector<double> all;
  for (int layer = 0; layer <= 2; ++layer) {
    for (const char* part : {"weight", "bias"}) {
      const Vector<double> values = matrix(file, part + ending + std::to_string(layer), 1);
      all.conservativeResize(all.size() + values.size());
      all.tail(values.size()) = values;
    }
  }
  return all;
}

}  // namespace

TEST_CASE("the loss with mass and its gradient equal the reference", "[golden][mass]") {
  const NpzFile file(golden_file("objective_mass.npz"));
  ObjectiveOptions options;
  options.operator_shape.dims = 3;
  options.operator_shape.affine = options.operator_shape.mass = true;
  options.width = 16;
  options.depth = 2;
  options.times = {0, 1.5, 2};
  options.kinetic_times = {0, 1, 2};
  options.gamma = 0;
  options.sigma = 0.5;
  options.lambda_kinetic = 0.1;
  options.agreement = 0.4;
  options.mass_penalty = 0.02;
  Objective<double> objective(options);
  Batch<double> batch;
  batch.meetings = {0.3, 0.8};
  for (int k = 0; k < 3; ++k) batch.cells.push_back(matrix(file, "cells" + std::to_string(k), 3));
  batch.targets = {{matrix(file, "targets0", 3)}, {matrix(file, "targets1", 3)}, {}};

  SerialExecutor executor;
  Vector<double> gradient;
  const LossParts parts = objective.gradient(flat(file, ""), batch, true, executor, gradient);
  using Catch::Matchers::WithinRel;
  CHECK_THAT(parts.mmd, WithinRel(number(file, "mmd"), 1e-10));
  CHECK_THAT(parts.kinetic, WithinRel(number(file, "kinetic"), 1e-10));
  CHECK_THAT(parts.mass, WithinRel(number(file, "mass"), 1e-10));
  CHECK_THAT(parts.loss, WithinRel(number(file, "loss"), 1e-10));
  const Vector<double> expected = flat(file, "_gradient");
  REQUIRE(gradient.size() == expected.size());
  CHECK((gradient - expected).cwiseAbs().maxCoeff() < 1e-10 * expected.cwiseAbs().maxCoeff());
}
