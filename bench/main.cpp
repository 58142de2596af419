/// cellmnn_bench: one line of JSON a measurement.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>
#include <iostream>

#include "benches.hpp"
#include "native/runtime/thread_pool.hpp"

namespace {

int run(int argc, char** argv) {
  using namespace cellmnn;
  CLI::App app("Measures the parts of cellmnn; prints one line of JSON.");
  app.require_subcommand(1);
  int threads = 1;
  std::function<nlohmann::json(Executor&)> bench;
  const auto add_bench = [&](const char* name, const char* help, auto& options, auto run) {
    CLI::App* command = app.add_subcommand(name, help);
    command->add_option("--repeats", options.repeats)->check(CLI::PositiveNumber)->capture_default_str();
    command->callback([&bench, &options, run] {
      bench = [&options, run](Executor& executor) { return run(options, executor); };
    });
    return command;
  };
  const auto add_number = [](CLI::App* command, const char* name, auto& value, const char* help) {
    command->add_option(name, value, help)->check(CLI::PositiveNumber)->capture_default_str();
  };

  StepBench step;
  CLI::App* command =
      add_bench("step", "a training step at the paper's sizes, and its bare GEMMs", step, bench_step);
  command->add_option("--operator", step.operator_kind)
      ->check(CLI::IsMember({"dense", "eigen"}))
      ->capture_default_str();
  add_number(command, "--steps", step.steps, "of one repeat");
  add_number(command, "--threads", threads, "");

  W1Bench w1;
  command = add_bench("w1", "exact Wasserstein-1, cold, and warm after a small move of the sources", w1,
                      [](const W1Bench& options, Executor&) { return bench_w1(options); });
  command->add_option("--data", w1.data, ".npz with pcs and sample_labels; else normal points")
      ->check(CLI::ExistingFile);
  command->add_option("--from", w1.from, "label of the sources")->capture_default_str();
  command->add_option("--to", w1.to, "label of the targets")->capture_default_str();
  add_number(command, "--sources", w1.sources, "their number, without --data");
  add_number(command, "--targets", w1.targets, "their number, without --data");
  add_number(command, "--dims", w1.dims, "");
  command->add_option("--move", w1.move, "of the sources, along a smooth field")->capture_default_str();

  CellsBench mmd;
  command = add_bench("mmd", "exact MMD^2 between two sets of cells", mmd, bench_mmd);
  add_number(command, "--cells", mmd.cells, "of each set");
  add_number(command, "--dims", mmd.dims, "");
  add_number(command, "--threads", threads, "");

  CellsBench flow;
  command = add_bench("flow", "the flow of cells to 41 times, and its adjoint", flow,
                      [](const CellsBench& options, Executor&) { return bench_flow(options); });
  add_number(command, "--cells", flow.cells, "");
  add_number(command, "--dims", flow.dims, "");

  CellsBench predict;
  command = add_bench("predict", "predictions of cells at 1 and at 41 times", predict, bench_predict);
  add_number(command, "--cells", predict.cells, "");
  add_number(command, "--dims", predict.dims, "");
  add_number(command, "--threads", threads, "");

  ScaleBench scale;
  command = add_bench("scale", "training steps with more and more cells in memory", scale, bench_scale);
  command->add_option("--cells", scale.cells, "numbers of cells")->delimiter(',')->capture_default_str();
  add_number(command, "--steps", scale.steps, "of one repeat");
  add_number(command, "--dims", scale.dims, "");
  add_number(command, "--threads", threads, "");

  NetworkBench network;
  command =
      add_bench("network", "the lagged network of cells over time, and a screen", network, bench_network);
  add_number(command, "--cells", network.cells, "");
  add_number(command, "--genes", network.genes, "");
  add_number(command, "--regulators", network.regulators, "the first genes");
  add_number(command, "--snapshots", network.snapshots, "");
  add_number(command, "--density", network.density, "about, of values that are not 0");
  add_number(command, "--threads", threads, "");

  try {
    app.parse(argc, argv);
    ThreadPool pool(threads);
    std::cout << bench(pool) << '\n';
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cellmnn_bench: error: %s\n", error.what());
    return 1;
  }
}
