/// Settings of the baselines I-CFM and OT-CFM: conditional flow matching (Tong et al., "Improving and
/// generalizing flow-based generative models with minibatch optimal transport", TMLR 2024).
#pragma once

#include <cstdint>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Which cells of two snapshots are taken for the two ends of a path.
enum class Coupling {
  independent,  ///< any with any: I-CFM
  batch_plan,   ///< optimal transport within each batch: minibatch OT-CFM
  full_plan,    ///< optimal transport between the whole snapshots, computed once
};

struct FlowMatchingOptions {
  Coupling coupling = Coupling::batch_plan;
  Index steps = 10000;
  Index batch = 128;  ///< pairs of cells a step, for every two consecutive training snapshots
  Index width = 64;   ///< W of each hidden layer of the network
  Index depth = 3;    ///< L hidden layers
  double learning_rate = 1e-3;
  double weight_decay = 1e-5;  ///< decoupled (AdamW)
  double sigma = 0.1;          ///< spread of the noise around a path
  std::uint64_t seed = 42;
};

/// Refuses (usage) options out of range, naming the option as the command line does.
void validate(const FlowMatchingOptions& options);

}  // namespace cellmnn
