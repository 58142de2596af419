#include "native/commands/perturb/held_genes.hpp"

#include <algorithm>
#include <cmath>

#include "cellmnn/error.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

Index snapshot_at(const ExpressionCourse& data, double time, const std::string& option) {
  const std::vector<double>& times = data.course.times;
  for (std::size_t k = 0; k < times.size(); ++k) {
    if (std::abs(times[k] - time) <= 1e-6 * std::abs(time)) return static_cast<Index>(k);
  }
  std::vector<std::string> known;
  known.reserve(times.size());
  for (const double measured : times) known.push_back(number_text(measured));
  throw Error(ErrorCode::usage, option + " is " + number_text(time) +
                                    ", but the network steps from one measured time to the next: expected " +
                                    enumerated(known));
}

}  // namespace

Index first_snapshot(const ExpressionCourse& data, const std::string& group) {
  if (group.empty()) return 0;
  if (!group.starts_with("time=")) {
    throw Error(ErrorCode::usage, "--group is '" + group +
                                      "', but by the network it must be time=T: levels are "
                                      "followed for all cells of a time");
  }
  return snapshot_at(data, parse_number("--group", group.substr(5)), "--group");
}

std::vector<Index> chosen_snapshots(const ExpressionCourse& data, const std::vector<double>& times,
                                    Index from) {
  std::vector<Index> chosen;
  for (const double time : times) {
    chosen.push_back(snapshot_at(data, time, "--times"));
    if (chosen.back() > from) continue;
    throw Error(ErrorCode::usage, "--times has " + number_text(time) + ", but the genes are held from " +
                                      number_text(data.course.times[static_cast<std::size_t>(from)]) +
                                      " on: expected a later time");
  }
  if (times.empty()) {
    for (Index k = from + 1; k < data.course.snapshots(); ++k) chosen.push_back(k);
  }
  if (chosen.empty())
    throw Error(ErrorCode::usage, "--group is the last time, after which there is nothing to tell");
  return chosen;
}

Index acting_gene(const LaggedInput& input, const std::string& name, const std::string& option) {
  const Index gene = gene_named(input.data, name, option);
  const std::vector<Index>& regulators = input.network.regulators;
  if (!std::binary_search(regulators.begin(), regulators.end(), gene)) {
    throw Error(ErrorCode::bad_input, option + ": '" + name + "' is none of the " +
                                          counted(std::ssize(regulators), "regulator") +
                                          ", so that nothing would follow from its change");
  }
  return gene;
}

}  // namespace cellmnn
