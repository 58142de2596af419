#include "training/objective.hpp"

#include <cmath>

#include "catch.hpp"
#include "gradient_check.hpp"
#include "model/mass.hpp"

using namespace cellmnn;
using cellmnn::testing::check_gradient;
using cellmnn::testing::random_matrix;

namespace {

ObjectiveOptions small_options(OperatorKind kind) {
  ObjectiveOptions options;
  options.operator_shape = {kind, 3, kind == OperatorKind::eigen ? Index{1} : Index{0}};
  options.width = 6;
  options.depth = 2;
  options.times = {0, 1.5, 2};
  options.kinetic_times = {0, 0.5, 1, 1.5, 2};
  options.gamma = 0.3;
  return options;
}

Batch<double> small_batch(const Objective<double>& objective) {
  Batch<double> batch;
  batch.cells = {random_matrix(53, 3, 1), random_matrix(4, 3, 2), random_matrix(9, 3, 3)};
  batch.cells.resize(static_cast<std::size_t>(objective.sources()));
  batch.targets.resize(batch.cells.size());
  for (Index k = 0; k < objective.sources(); ++k) {
    for (const Index snapshot : objective.targets(k)) {
      batch.targets[static_cast<std::size_t>(k)].push_back(
          random_matrix(7, 3, static_cast<std::uint64_t>(10 + 3 * k + snapshot)));
    }
  }
  batch.meetings = {0.3, 0.8};
  return batch;
}

}  // namespace

TEST_CASE("the gradient of the whole objective is exact", "[objective][gradient]") {
  const auto kind = GENERATE(OperatorKind::dense, OperatorKind::eigen);
  ObjectiveOptions options = small_options(kind);
  options.operator_shape.affine = GENERATE(false, true);
  options.operator_shape.mass = GENERATE(false, true) && kMassIsTrained;
  options.mass_penalty = 0.3;
  if (GENERATE(false, true)) {
    options.backward = 0.4;
    options.agreement = 0.7;
    options.kinetic_range = GENERATE(KineticRange::ahead, KineticRange::next);
  }
  Objective<double> objective(options);
  const Batch<double> batch = small_batch(objective);
  SerialExecutor executor;
  const Index count = objective.encoder().parameter_count();
  // At most seeds some activation changes its sign within the finite difference; at this one none does.
  Vector<double> parameters = 0.4 * random_matrix(count, 1, 23), gradient, unused;
  const LossParts parts = objective.gradient(parameters, batch, true, executor, gradient);
  CHECK(parts.loss == Approx(parts.mmd + 0.1 * parts.kinetic + parts.det + 0.3 * parts.mass));
  CHECK((parts.mass > 0) == options.operator_shape.mass);
  CHECK(parts.kinetic > 0);
  CHECK((parts.det > 0) == (kind == OperatorKind::eigen));
  check_gradient(
      parameters.data(), count, gradient.data(),
      [&] { return objective.gradient(parameters, batch, true, executor, unused).loss; }, 1e-6);
}

TEST_CASE("the gradient towards a prior of growth is exact", "[objective][gradient][mass]") {
  if (!kMassIsTrained) return;
  ObjectiveOptions options = small_options(OperatorKind::dense);
  options.operator_shape.mass = true;
  options.mass_penalty = 0.8;
  options.agreement = 0.7;
  Objective<double> objective(options);
  Batch<double> batch = small_batch(objective);
  SerialExecutor executor;
  const Index count = objective.encoder().parameter_count();
  Vector<double> parameters = 0.4 * random_matrix(count, 1, 23), gradient, unused;
  const double without = objective.gradient(parameters, batch, true, executor, unused).mass;
  for (const Matrix<double>& cells : batch.cells)
    batch.growth_priors.emplace_back(2 * random_matrix(cells.rows(), 1, 31));
  const LossParts parts = objective.gradient(parameters, batch, true, executor, gradient);
  CHECK(parts.mass > 2 * without);
  CHECK(parts.loss == Approx(parts.mmd + 0.1 * parts.kinetic + parts.det + 0.8 * parts.mass));
  check_gradient(
      parameters.data(), count, gradient.data(),
      [&] { return objective.gradient(parameters, batch, true, executor, unused).loss; }, 1e-6);
}

TEST_CASE("a batch without a prior forgets that of the one before", "[objective][mass]") {
  if (!kMassIsTrained) return;
  ObjectiveOptions options = small_options(OperatorKind::dense);
  options.operator_shape.mass = true;
  options.mass_penalty = 1;
  Objective<double> objective(options);
  Batch<double> batch = small_batch(objective);
  SerialExecutor executor;
  const Vector<double> parameters = 0.4 * random_matrix(objective.encoder().parameter_count(), 1, 20);
  Vector<double> unused;
  const double before = objective.gradient(parameters, batch, true, executor, unused).loss;
  for (const Matrix<double>& cells : batch.cells)
    batch.growth_priors.emplace_back(Vector<double>::Ones(cells.rows()));
  CHECK(objective.gradient(parameters, batch, true, executor, unused).loss != before);
  batch.growth_priors.clear();
  CHECK(objective.gradient(parameters, batch, true, executor, unused).loss == before);
}

TEST_CASE("without a report only the constant part of the loss is missing", "[objective]") {
  Objective<double> objective(small_options(OperatorKind::dense));
  const Batch<double> batch = small_batch(objective);
  SerialExecutor executor;
  const Vector<double> parameters = 0.4 * random_matrix(objective.encoder().parameter_count(), 1, 20);
  Vector<double> gradient, same;
  const LossParts full = objective.gradient(parameters, batch, true, executor, gradient);
  const LossParts part = objective.gradient(parameters, batch, false, executor, same);
  CHECK(gradient == same);
  CHECK(full.kinetic == part.kinetic);
  CHECK(full.mmd > 0);
  CHECK(full.mmd > part.mmd);
}

TEST_CASE("cells that all grow alike count as they do without mass", "[objective]") {
  if (!kMassIsTrained) return;
  ObjectiveOptions options = small_options(OperatorKind::dense);
  options.agreement = 0.7;
  Objective<double> plain(options);
  options.operator_shape.mass = true;
  options.mass_penalty = 2;
  Objective<double> with_mass(options);
  const Batch<double> batch = small_batch(plain);
  SerialExecutor executor;
  // Growth is the last output: it gets no weights, only a bias.
  const auto& layer = plain.encoder().layers().back();
  const Vector<double> parameters = 0.4 * random_matrix(plain.encoder().parameter_count(), 1, 20);
  Vector<double> more(with_mass.encoder().parameter_count());
  more << parameters.head(layer.bias), Vector<double>::Zero(layer.inputs), parameters.tail(layer.outputs),
      0.7;
  Vector<double> unused;
  const LossParts expected = plain.gradient(parameters, batch, true, executor, unused);
  const LossParts got = with_mass.gradient(more, batch, true, executor, unused);
  CHECK(got.mmd == Approx(expected.mmd).epsilon(1e-12));
  CHECK(got.kinetic == Approx(expected.kinetic).epsilon(1e-12));
  CHECK(std::sqrt(got.mass) == Approx(3 * std::tanh(0.7 / 3)));
  CHECK(got.loss == Approx(expected.loss + 2 * got.mass));
}

TEST_CASE("gamma 0 keeps the next snapshot only", "[objective]") {
  ObjectiveOptions options = small_options(OperatorKind::dense);
  CHECK(Objective<double>(options).targets(0) == std::vector<Index>{1, 2});
  options.gamma = 0;
  CHECK(Objective<double>(options).targets(0) == std::vector<Index>{1});
}
