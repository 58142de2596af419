/// Exact transport: cold, and warm after a small move of the sources.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cellmnn/wasserstein.hpp"

namespace cellmnn {

struct TransportBench {
  std::string data;  ///< .npz with pcs (N, >= dims) and sample_labels (N); or empty: normal points
  double from = 0;   ///< labels of the two snapshots, with `data`
  double to = 1;
  Index sources = 2381;  ///< without `data`
  Index targets = 4163;
  Index dims = 5;
  TransportCost cost = TransportCost::euclidean;
  double move = 0.01;  ///< of the sources between cold and warm, along a smooth field
  int repeats = 5;
};

nlohmann::json bench_transport(const TransportBench& options);

}  // namespace cellmnn
