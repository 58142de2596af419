/// One function a bench; each returns one JSON object with its settings and timings.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cellmnn/operator.hpp"

namespace cellmnn {

struct StepBench {
  std::string operator_kind = "dense";
  int threads = 1;
  int steps = 200;  ///< of one repeat
  int repeats = 5;
};

/// Training steps at the paper's sizes (EB shapes, batch 198, W 96, L 4, D 5), and the bare matrix
/// products of the same encoder, measured in turns.
nlohmann::json bench_step(const StepBench& options);

}  // namespace cellmnn
