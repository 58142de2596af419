/// What `network` and `perturb` read where there is no model: expression over time, and the lagged network of
/// it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/lagged_network.hpp"
#include "native/commands/input/expression_course.hpp"

namespace cellmnn {

struct LaggedInput {
  ExpressionCourse data;
  LaggedOptions options;
  LaggedNetwork network;
};

/// Reads data and fits the network, with the regulators of a file of names or of a shipped list,
/// or all genes where it is empty, and with this LaggedOptions::ridge. With `most_genes` the network is of so
/// many genes that vary most. Warns where the data say little, and throws bad_input where they say nothing.
LaggedInput read_lagged_input(const DataFlags& data, const ExpressionFlags& expression,
                              const std::string& regulators_file, double ridge, Session& session,
                              Index most_genes = 0);

/// Whether directions can be known, in a line. No test is sure: this one compares with networks that are
/// known.
std::string direction_text(const ExpressionCourse& data, const LaggedNetwork& network);

/// The genes of a file of names, one a line, or of the shipped list "human" or "mouse".
struct ListedGenes {
  std::vector<Index> genes;          ///< ascending, each once
  std::vector<std::string> missing;  ///< names of a file that `find` does not know
};
ListedGenes listed_genes(const std::string& path,
                         const std::function<std::optional<Index>(const std::string& name)>& find);

}  // namespace cellmnn
