#include "training/objective.hpp"

#include "catch.hpp"
#include "gradient_check.hpp"

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
  CHECK(parts.loss == Approx(parts.mmd + 0.1 * parts.kinetic + parts.det));
  CHECK(parts.kinetic > 0);
  CHECK((parts.det > 0) == (kind == OperatorKind::eigen));
  check_gradient(
      parameters.data(), count, gradient.data(),
      [&] { return objective.gradient(parameters, batch, true, executor, unused).loss; }, 1e-6);
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

TEST_CASE("gamma 0 keeps the next snapshot only", "[objective]") {
  ObjectiveOptions options = small_options(OperatorKind::dense);
  CHECK(Objective<double>(options).targets(0) == std::vector<Index>{1, 2});
  options.gamma = 0;
  CHECK(Objective<double>(options).targets(0) == std::vector<Index>{1});
}
