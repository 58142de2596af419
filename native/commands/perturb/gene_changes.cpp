#include "native/commands/perturb/gene_changes.hpp"

#include <algorithm>

#include "cellmnn/error.hpp"
#include "native/command_line/values.hpp"
#include "native/runtime/vectors.hpp"

namespace cellmnn {

GeneChange parse_change(const std::string& option, const std::string& text) {
  const bool dose = text.starts_with('x');
  const double amount = parse_number(option, dose ? text.substr(1) : text);
  if (amount < 0)
    throw Error(ErrorCode::usage, option + " is '" + text + "', but expression cannot be below 0");
  return dose ? GeneChange{0, amount, 0} : GeneChange{0, 0, amount};
}

NamedChange parse_named_change(const std::string& option, const std::string& text) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorCode::usage, option + " is '" + text + "', but must be " + kNamedChange);
  }
  return {text.substr(0, equals), parse_change(option, text.substr(equals + 1))};
}

std::vector<Index> by_size_of_change(const Vector<double>& changes, const std::vector<Index>& changed) {
  std::vector<Index> order = by_size(changes);
  std::erase_if(order,
                [&](Index gene) { return std::find(changed.begin(), changed.end(), gene) != changed.end(); });
  return order;
}

}  // namespace cellmnn
