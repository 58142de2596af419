/// Values of options that are pairs or a file of pairs: --time-map, --gene.
#pragma once

#include <string>
#include <vector>

namespace cellmnn {

/// The pairs "NAME=VALUE" of a text, or of the table `text` where it has no '=': two columns, and a line of
/// names above them only if it has one of `headers` first. Throws usage, bad_input for a damaged table.
std::vector<std::string> read_pairs(const std::string& option, const std::string& text,
                                    const std::string& expected, const std::vector<std::string>& headers);

}  // namespace cellmnn
