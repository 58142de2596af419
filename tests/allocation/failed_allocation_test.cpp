/// Memory that cannot be had: the core says so and leaves nothing behind, wherever it asks for it.
#include <functional>
#include <new>

#include "allocation/counted_malloc.hpp"
#include "catch.hpp"
#include "cellmnn/fates.hpp"
#include "cellmnn/interactions.hpp"
#include "cellmnn/lagged_network.hpp"
#include "cellmnn/simulate.hpp"
#include "cellmnn/suite.hpp"
#include "cellmnn/trainer.hpp"
#include "core/lagged_system.hpp"
#include "core/small_data.hpp"

using namespace cellmnn;

namespace {

constexpr long kEach = 1000;  // of the first allocations, and beyond them every tenth of their number

/// `work` returns a number that depends on all of it. Each allocation fails in a run of its own.
void leaves_nothing(const std::function<double()>& work) {
  const double expected = work();
  work();  // what is made once is there
  long failed = 0;
  bool is_whole = false;
  for (long number = 1; !is_whole; number += number < kEach ? 1 : number / 10) {
    CAPTURE(number);
    const long before = testing::live_blocks();
    {
      const testing::FailedAllocation failure(number);
      try {
        // Some parts of the standard library can do without the memory.
        const double result = work();
        if (result != expected) FAIL("another result: " << result << " and not " << expected);
        is_whole = !failure.has_failed();
      } catch (const std::bad_alloc&) {
        ++failed;
      }
    }
    const long left = testing::live_blocks() - before;
    if (left != 0) FAIL(left << " blocks are left");
  }
  CHECK(failed > 10);
}

const TimeCourse& course() {
  static const TimeCourse data = testing::turning_cloud({0, 1, 3}, 60, 4);
  return data;
}

TrainOptions few_steps() {
  TrainOptions options;
  options.model.dims = 4;
  options.model.width = 8;
  options.steps = 2;
  options.batch = 40;
  return options;
}

CellMnn trained_model(const TimeCourse& data, TrainOptions options) {
  SerialExecutor executor;
  options.model.dims = data.dims();
  Trainer trainer(data, options, executor);
  while (!trainer.done()) trainer.step();
  return trainer.model();
}

}  // namespace

TEST_CASE("training leaves nothing behind", "[allocation]") {
  TrainOptions options = few_steps();
  options.model.operator_kind = GENERATE(OperatorKind::dense, OperatorKind::eigen);
  options.model.mass = GENERATE(false, true);
  leaves_nothing([&] { return static_cast<double>(trained_model(course(), options).parameters.sum()); });
}

TEST_CASE("predictions leave nothing behind", "[allocation]") {
  const CellMnn model = trained_model(course(), few_steps());
  const Snapshot& first = course().snapshots.front();
  const Vector<double> times = Vector<double>::Zero(first.cells.rows());
  SerialExecutor executor;
  leaves_nothing([&] {
    const Paths paths = model.paths(first.cells, times, {1, 4}, executor);
    return static_cast<double>(paths.positions.slice(1).sum());
  });
}

TEST_CASE("scores leave nothing behind", "[allocation]") {
  SerialExecutor executor;
  SuiteRequest request;
  request.hold_outs = {1};
  request.seeds = {1};
  request.methods = {"cellmnn", "ot-interpolate-w2", "mixture"};
  request.options.training = few_steps();
  leaves_nothing([&] {
    Suite suite(course(), request);
    double sum = 0;
    for (SuiteRun* run : suite.pending()) suite.finish(*run, executor, {}, [](const SuiteRun&) {});
    for (const Score& score : suite.result().scores) sum += score.metrics.w1;
    return sum;
  });
}

TEST_CASE("genes leave nothing behind", "[allocation]") {
  SimulateOptions small;
  small.genes = 12;
  small.cells = 40;
  small.trajectories = 1;
  const Simulation simulation = simulate(small);
  const CellMnn model = trained_model(simulation.data, few_steps());
  const Snapshot& first = simulation.data.snapshots.front();
  const Vector<double> times = Vector<double>::Zero(first.cells.rows());
  SerialExecutor executor;
  SECTION("a simulation") {
    leaves_nothing([&] { return static_cast<double>(simulate(small).data.snapshots.back().cells.sum()); });
  }
  SECTION("an operator in gene space") {
    leaves_nothing([&] {
      const OperatorMoments moments = operator_moments(model, first.cells, times, 0, executor);
      return mean_effects(model.gene_space, moments).targets.sum();
    });
  }
  SECTION("fates") {
    std::vector<std::vector<int>> of_cells(simulation.fates.size());
    for (std::size_t k = 0; k < of_cells.size(); ++k) {
      for (const int fate : simulation.fates[k])
        of_cells[k].push_back(k + 1 < of_cells.size() ? -1 : static_cast<int>(fate == 1));
    }
    leaves_nothing([&] {
      const KnownFates known = fates_of_labels({"one", "other"}, of_cells, {false, false});
      return fates_of(simulation.data, known, {}, &model, executor).probabilities.front().col(0).sum();
    });
  }
  SECTION("a network") {
    const GeneCourse levels = testing::simulated(testing::chain_of_genes(5), {0, 1, 2}, 40);
    leaves_nothing([&] { return lagged_network(levels, {}, executor).effects.sum(); });
  }
}
