/// One function a bench; each returns one JSON object with its settings and timings.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

struct StepBench {
  std::string operator_kind = "dense";
  int steps = 200;  ///< of one repeat
  int repeats = 5;
};

/// Training steps at the paper's sizes (EB shapes, batch 198, W 96, L 4, D 5), and the bare matrix
/// products of the same encoder, measured in turns. `eigen` has the 41-point kinetic grid.
nlohmann::json bench_step(const StepBench& bench, Executor& executor);

struct W1Bench {
  std::string data;  ///< .npz with pcs (N, >= dims) and sample_labels (N); or empty: normal points
  double from = 0;   ///< labels of the two snapshots, with `data`
  double to = 1;
  Index sources = 2381;  ///< without `data`
  Index targets = 4163;
  Index dims = 5;
  double move = 0.01;  ///< of the sources between cold and warm, along a smooth field
  int repeats = 5;
};

/// Exact Wasserstein-1: cold, and warm after a small move of the sources.
nlohmann::json bench_w1(const W1Bench& bench);

struct CellsBench {
  Index cells = 16819;
  Index dims = 5;
  int repeats = 5;
};

/// MMD^2 between two sets of so many cells, exact, over all pairs, in double.
nlohmann::json bench_mmd(const CellsBench& bench, Executor& executor);

/// The flow of so many cells to 41 times with the kinetic energy at each, in float, and its adjoint.
nlohmann::json bench_flow(const CellsBench& bench);

/// About so many cells at 1 and at 41 times, by a model of the default size with random weights.
nlohmann::json bench_predict(const CellsBench& bench, Executor& executor);

struct ScaleBench {
  std::vector<Index> cells{250000, 1000000, 10000000};
  Index dims = 5;
  int steps = 500;  ///< of one repeat
  int repeats = 5;
};

/// Training steps, as bench_step(), with more and more cells in memory.
nlohmann::json bench_scale(const ScaleBench& bench, Executor& executor);

struct NetworkBench {
  Index cells = 1000;
  Index genes = 200;
  Index regulators = 200;  ///< the first genes
  Index snapshots = 10;
  double density = 0.3;  ///< about, of values that are not 0
  int repeats = 3;
};

/// The lagged network of so many cells, from sparse expression on, and a screen of all regulators.
nlohmann::json bench_network(const NetworkBench& bench, Executor& executor);

}  // namespace cellmnn
