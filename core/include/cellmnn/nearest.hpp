/// Did you mean: the known name that is most like a given one.
#pragma once

#include <string>
#include <vector>

namespace cellmnn {

/// The candidate with the least edit distance, letter case aside, or "" if none is near enough to be meant.
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace cellmnn
