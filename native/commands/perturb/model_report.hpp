/// `cellmnn perturb` by a model.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "native/commands/input/gene_input.hpp"
#include "native/commands/perturb/gene_changes.hpp"
#include "native/commands/perturb/screen_part.hpp"

namespace cellmnn {

struct ModelQuestion {
  std::vector<NamedChange> changes;  ///< of genes changed at once; or
  std::string screened;              ///< "all" or names, each changed by itself by `screen_change`
  GeneChange screen_change{0, 0, 0};
  std::string group;          ///< "KEY=LABEL", or empty for all cells
  std::vector<double> times;  ///< of the answers; one of a screen
  Index controls = 0;
  bool with_population = false;       ///< arrivals_with_population()
  std::uint64_t seed = 1;             ///< of the subsets of W1
  std::string output = {};            ///< tsv, or empty
  std::optional<WorkPart> part = {};  ///< the output is this part of the screen
};

/// Answers in `out` for people, and in the file. Throws usage or bad_input for genes and groups that do not
/// exist.
void answer_by_model(const GeneInput& input, const ModelQuestion& question, std::ostream& out,
                     Session& session);

}  // namespace cellmnn
