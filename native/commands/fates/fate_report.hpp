/// Fates as an annotation of the input, as a table of cells, and as text for people.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cellmnn/fates.hpp"
#include "native/commands/input/fate_input.hpp"
#include "native/io/h5ad/annotated_h5ad.hpp"

namespace cellmnn {

/// obsm  fates_fwd and lineages_fwd (N, F), which are alike: the probabilities
/// obs   term_states_fwd, the fates where they are known; cellmnn_fate_decided, the probability of reaching
/// any
///       fate; cellmnn_fate_commitment
/// uns   fates_fwd_names, term_states_fwd_colors; cellmnn: fates, a JSON text
Annotation fate_annotation(const DataFile& file, const Fates& fates, const KnownFates& known,
                           const std::vector<std::string>& colors, const nlohmann::ordered_json& facts);

/// A line a cell: its name, time, decided, commitment, and the probability of each fate.
std::string fate_table(const DataFile& file, const Fates& fates);

/// For each time what is known, in a number and in words, and the mean probability of each fate.
std::string fate_text(const DataFile& file, const Fates& fates);

/// The same for machines.
nlohmann::ordered_json fate_facts(const DataFile& file, const Fates& fates);

}  // namespace cellmnn
