/// The sizes of a model, and how its parameters lie in memory.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

enum class OperatorKind {
  dense,  ///< the output is A itself, row-major
  eigen,  ///< the output is [lambda (D - c) | E (D, D)]; P = I + E; A = P^-T diag(lambda, 0) P^T
};

std::string_view name(OperatorKind kind);

/// The kind of this name ("dense", "eigen").
std::optional<OperatorKind> operator_kind(std::string_view name);

struct ModelConfig {
  OperatorKind operator_kind = OperatorKind::dense;
  Index dims = 5;              ///< D
  Index width = 96;            ///< W of each hidden layer
  Index depth = 4;             ///< L hidden layers
  Index zero_eigenvalues = 0;  ///< c, for OperatorKind::eigen

  /// beta, per unit of model time: A is scaled by 1 / sqrt(1 + |A|_F^2 / beta^2), which keeps every
  /// eigenvalue below beta in absolute value and hardly touches operators well below it. 0 is no bound.
  double operator_bound = 50;

  bool affine = true;  ///< dx/dt = A x + b, with b from the encoder as well

  /// Cells also have weights, which grow or shrink along their paths: a cell counts for more or fewer than
  /// the others of its snapshot at a later time.
  bool mass = false;
};

/// Refuses (usage) sizes out of range.
void validate(const ModelConfig& config);

/// One layer of the encoder, y = W x + b.
struct ParameterLayer {
  Index inputs, outputs;
  Index weight, bias;  ///< where W (outputs, inputs), row-major, and b (outputs) begin in the parameters
};

/// The layers of the encoder, from the first to the last; they fill the parameters of a model without gaps.
std::vector<ParameterLayer> parameter_layers(const ModelConfig& config);

/// P, the number of parameters of a model.
Index parameter_count(const ModelConfig& config);

}  // namespace cellmnn
