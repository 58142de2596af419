/// perturb --fates: knock-outs as changes of fates.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/perturbation.hpp"
#include "native/commands/input/fate_input.hpp"
#include "native/commands/perturb/gene_changes.hpp"

namespace cellmnn {

class Command;

/// --fates and its options.
struct FateChangeFlags {
  bool asked = false;
  FateFlags flags;

  void add_to(Command& command);

  /// Sorts the arguments into model and data and returns true, if --fates is given. Throws usage for
  /// `others`, options that are given beside it though they mean nothing, for nothing to screen, or for its
  /// options without it.
  bool complete(const std::vector<std::string>& arguments,
                const std::vector<std::pair<std::string, bool>>& others, std::string& data,
                std::string& model, const std::string& screened, const std::string& output) const;
};

struct FateChangeRequest {
  FateFlags fates;
  std::string model;  ///< or empty
  DataFlags data;
  std::string screened;  ///< "all" or genes, each changed by itself
  GeneChange change;
  std::string group;  ///< "time=2", or empty: every time but the last
  Index controls;
  std::uint64_t seed;
  std::string output;  ///< or empty
};

/// A line a time, gene and fate: the mean probability of the fate, its change, p of similar genes, and what
/// the control says. Prints the largest changes to `report`. Throws usage or bad_input for what does not fit.
void answer_by_fates(const FateChangeRequest& request, std::ostream& report, Session& session);

}  // namespace cellmnn
