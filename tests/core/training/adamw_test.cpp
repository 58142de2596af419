#include "training/adamw.hpp"

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("schedules start at the learning rate, warm up, and cosine ends near 0", "[adamw]") {
  CHECK(schedule_factor(Schedule::constant, 77, 100, 0) == 1);
  CHECK(schedule_factor(Schedule::cosine, 0, 100, 0) == 1);
  CHECK(schedule_factor(Schedule::cosine, 50, 100, 0) == Approx(0.5));
  CHECK(schedule_factor(Schedule::cosine, 99, 100, 0) < 0.001);
  CHECK(schedule_factor(Schedule::cosine, 0, 100, 4) == Approx(0.2));
  CHECK(schedule_factor(Schedule::cosine, 3, 100, 4) == Approx(0.8));
  CHECK(schedule_factor(Schedule::cosine, 4, 100, 4) == 1);
  for (const auto kind : {Schedule::constant, Schedule::cosine}) CHECK(schedule(name(kind)) == kind);
  CHECK_FALSE(schedule("linear").has_value());
}

TEST_CASE("AdamW: the first step moves by the learning rate against the sign, decay is decoupled",
          "[adamw]") {
  SerialExecutor executor;
  AdamW<double> optimiser(2);
  Vector<double> parameters(2), gradient(2);
  parameters << 1, -2;
  gradient << 0.5, -1e-3;
  optimiser.update(parameters, gradient, 1, 0.1, 0.2, executor, parameters);
  CHECK(parameters(0) == Approx(1 * (1 - 0.1 * 0.2) - 0.1).epsilon(1e-6));
  CHECK(parameters(1) == Approx(-2 * (1 - 0.1 * 0.2) + 0.1).epsilon(1e-4));
}

TEST_CASE("AdamW finds the minimum of a quadratic", "[adamw]") {
  SerialExecutor executor;
  AdamW<double> optimiser(3);
  Vector<double> parameters = Vector<double>::Constant(3, 4), target(3);
  target << 1, -2, 0.5;
  for (Index step = 1; step <= 4000; ++step) {
    optimiser.update(parameters, 2 * (parameters - target), step,
                     0.05 * schedule_factor(Schedule::cosine, step - 1, 4000, 0), 0, executor, parameters);
  }
  CHECK((parameters - target).norm() < 1e-4);
}
