/// cellmnn_bench: one line of JSON a measurement.
#include <CLI/CLI.hpp>
#include <iostream>

#include "benches.hpp"
#include "cellmnn/error.hpp"

int main(int argc, char** argv) {
  using namespace cellmnn;
  CLI::App app("Measures the parts of cellmnn; prints one line of JSON.");
  app.require_subcommand(1);

  StepBench step;
  CLI::App* step_command =
      app.add_subcommand("step", "a training step at the paper's sizes, and its bare GEMMs");
  step_command->add_option("--operator", step.operator_kind)
      ->check(CLI::IsMember({"dense", "eigen"}))
      ->capture_default_str();
  step_command->add_option("--threads", step.threads)->check(CLI::PositiveNumber)->capture_default_str();
  step_command->add_option("--steps", step.steps, "of one repeat")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  step_command->add_option("--repeats", step.repeats)->check(CLI::PositiveNumber)->capture_default_str();
  step_command->callback([&] { std::cout << bench_step(step) << '\n'; });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const Error& error) {
    std::cerr << "cellmnn_bench: error: " << error.what() << '\n';
    return static_cast<int>(error.code());
  }
  return 0;
}
