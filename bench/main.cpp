/// cellmnn_bench: one line of JSON a measurement.
#include <CLI/CLI.hpp>
#include <iostream>

#include "benches.hpp"
#include "cellmnn/error.hpp"
#include "wasserstein_bench.hpp"

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

  TransportBench transport;
  CLI::App* transport_command =
      app.add_subcommand("transport", "exact transport, cold and warm after a small move of the sources");
  transport_command
      ->add_option("--data", transport.data, ".npz with pcs and sample_labels; else normal points")
      ->check(CLI::ExistingFile);
  transport_command->add_option("--from", transport.from, "label of the sources")->capture_default_str();
  transport_command->add_option("--to", transport.to, "label of the targets")->capture_default_str();
  transport_command->add_option("--sources", transport.sources, "their number, without --data")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  transport_command->add_option("--targets", transport.targets, "their number, without --data")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  transport_command->add_option("--dims", transport.dims)->check(CLI::PositiveNumber)->capture_default_str();
  transport_command
      ->add_option_function<std::string>(
          "--cost",
          [&](const std::string& name) {
            transport.cost = name == "squared" ? TransportCost::squared_euclidean : TransportCost::euclidean;
          })
      ->check(CLI::IsMember({"euclidean", "squared"}));
  transport_command->add_option("--move", transport.move)->capture_default_str();
  transport_command->add_option("--repeats", transport.repeats)
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  transport_command->callback([&] { std::cout << bench_transport(transport) << '\n'; });

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
