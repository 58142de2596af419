/// `cellmnn perturb` by the network of the data, without a model.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "native/commands/input/lagged_input.hpp"
#include "native/commands/perturb/gene_changes.hpp"
#include "native/commands/perturb/screen_part.hpp"

namespace cellmnn {

struct NetworkQuestion {
  std::vector<NamedChange> changes;  ///< of genes held at once; or
  std::string screened;              ///< "all" or names, each changed by itself by `screen_change`
  GeneChange screen_change{0, 0, 0};
  bool pairs = false;         ///< each pair of them, too
  std::string group;          ///< of --group: the cells that are followed; empty: those of the first time
  std::vector<double> times;  ///< of the answers, measured ones; empty for all after the beginning
  std::string output;         ///< tsv, or empty
  std::optional<WorkPart> part = {};  ///< the output is this part of the screen
};

/// Answers in `out` for people, and in the file. Throws usage or bad_input for genes that do not act and
/// times that were not measured.
void answer_by_network(const LaggedInput& input, const NetworkQuestion& question, std::ostream& out,
                       Session& session);

}  // namespace cellmnn
