/// What `network` and `perturb` read where there is no model: expression over time, and the lagged network of
/// it.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/lagged_network.hpp"
#include "native/commands/shared/expression_course.hpp"

namespace cellmnn {

struct LaggedInput {
  ExpressionCourse data;
  LaggedOptions options;
  LaggedNetwork network;
};

/// Reads data and fits the network, with the regulators of a file of names, or all genes where it is empty.
/// Warns where the data say little, and throws bad_input where they say nothing.
LaggedInput read_lagged_input(const DataFlags& data, const ExpressionFlags& expression,
                              const std::string& regulators_file, Session& session);

/// The names of genes in a file, one a line.
std::vector<std::string> read_gene_list(const std::string& path);

}  // namespace cellmnn
