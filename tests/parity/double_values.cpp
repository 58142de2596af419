/// Prints what the core computes in double from random numbers: a line of a name and numbers for each
/// function. The native build and the WebAssembly build have to print the same, to nine digits.
#include <cstdio>
#include <string>

#include "cellmnn/mmd.hpp"
#include "cellmnn/wasserstein.hpp"
#include "distances/discrepancy.hpp"
#include "model/flow.hpp"
#include "training/objective.hpp"

using namespace cellmnn;

namespace {

Matrix<double> random_matrix(Index rows, Index columns, std::uint64_t stream) {
  Rng rng(7, stream);
  return Matrix<double>::NullaryExpr(rows, columns, [&] { return rng.normal(); });
}

void print(const std::string& name, const Eigen::Ref<const Vector<double>>& values) {
  std::printf("%s", name.c_str());
  for (const double value : values) std::printf(" %.17g", value);
  std::printf("\n");
}

/// x(t) = expm(A t) x + ... of 20 cells at three times.
void print_positions() {
  constexpr Index kDims = 5, kCells = 20;
  Field<double> a(kDims * kDims, kCells), b(kDims, kCells), x(kDims, kCells), positions(3 * kDims, kCells);
  cells_to_field(random_matrix(kCells, kDims * kDims, 1).data(), kDims * kDims, kDims * kDims, a.view());
  cells_to_field(random_matrix(kCells, kDims, 2).data(), kDims, kDims, b.view());
  cells_to_field(random_matrix(kCells, kDims, 3).data(), kDims, kDims, x.view());
  Flow<double>(kDims).forward(a.view(), b.view(), x.view(), {{-0.5, 0.3, 2}, {}}, positions.view());
  Matrix<double> cells(kCells, 3 * kDims);
  field_to_cells(positions.view(), 3 * kDims, cells.data(), 3 * kDims);
  print("positions", cells.reshaped());
}

/// The whole model: encoder, operators, flow, loss and the gradient of all of them.
void print_loss(OperatorKind kind) {
  ObjectiveOptions options;
  options.operator_shape = {kind, 5, 0, 50, true};
  options.width = 32;
  options.times = {0, 1, 2};
  options.kinetic_times = {0, 0.5, 1, 1.5, 2};
  options.agreement = 0.1;
  Objective<double> objective(options);
  Batch<double> batch;
  batch.targets.resize(static_cast<std::size_t>(objective.sources()));
  for (Index k = 0; k < objective.sources(); ++k) {
    batch.cells.push_back(random_matrix(60, 5, static_cast<std::uint64_t>(10 + k)));
    for (std::size_t r = 0; r < objective.targets(k).size(); ++r)
      batch.targets[static_cast<std::size_t>(k)].push_back(
          random_matrix(60, 5, static_cast<std::uint64_t>(20 + k)));
  }
  batch.meetings = {0.3, 0.8};
  SerialExecutor executor;
  Vector<double> gradient;
  const Vector<double> parameters = 0.3 * random_matrix(objective.encoder().parameter_count(), 1, 30);
  const LossParts loss = objective.gradient(parameters, batch, true, executor, gradient);
  print("loss-" + std::string(name(kind)), Eigen::Vector4d(loss.loss, loss.mmd, loss.kinetic, loss.det));
  print("gradient-" + std::string(name(kind)), gradient);
}

void print_distances() {
  const Matrix<double> u = random_matrix(120, 5, 40), v = random_matrix(90, 5, 41).array() + 0.4;
  SerialExecutor executor;
  print("distances", Eigen::Vector4d(wasserstein1(u, v), wasserstein2(u, v), mmd2(u, v, 1, executor),
                                     energy_distance(u, v, executor)));
}

}  // namespace

int main() {
  print_positions();
  print_loss(OperatorKind::dense);
  print_loss(OperatorKind::eigen);
  print_distances();
  return 0;
}
