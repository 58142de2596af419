#include "native/commands/perturb/held_genes.hpp"

#include <algorithm>
#include <cmath>

#include "cellmnn/error.hpp"
#include "cellmnn/nearest.hpp"
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

const LabelColumn& group_column(const ExpressionCourse& data, const std::string& key) {
  std::vector<std::string> names;
  for (const auto& [name, column] : data.obs) {
    if (name == key) return column;
    names.push_back(name);
  }
  throw Error(ErrorCode::bad_input, "--group: obs has no column '" + key + "'; it has " +
                                        (names.empty() ? "none" : quoted_list(names)));
}

std::int32_t code_of(const LabelColumn& column, const std::string& key, const std::string& label) {
  const auto found = std::find(column.labels.begin(), column.labels.end(), label);
  if (found != column.labels.end()) return static_cast<std::int32_t>(found - column.labels.begin());
  const std::string near = nearest(label, column.labels);
  throw Error(ErrorCode::usage, "--group: '" + key + "' has no label '" + label + "'" +
                                    (near.empty() ? "; it has " + quoted_list(column.labels)
                                                  : "; did you mean '" + near + "'?"));
}

}  // namespace

StartingCells starting_cells(const ExpressionCourse& data, const std::string& group) {
  if (group.empty()) return 0;
  const auto [key, label] = parse_group(group);
  if (key == "time") return snapshot_at(data, parse_number("--group", label), "--group");
  const LabelColumn& column = group_column(data, key);
  const std::int32_t code = code_of(column, key, label);
  std::vector<bool> chosen(column.codes.size());
  std::transform(column.codes.begin(), column.codes.end(), chosen.begin(),
                 [&](std::int32_t each) { return each == code; });
  if (auto cells = first_chosen(data.cells, chosen)) return *std::move(cells);
  throw Error(ErrorCode::bad_input,
              "--group: no cell of '" + group + "' is among those of which the network is followed");
}

std::string cells_text(const ExpressionCourse& data, const StartingCells& from, const std::string& group) {
  const std::string time =
      " of time " + time_text(data, data.course.times[static_cast<std::size_t>(from.snapshot)]);
  if (from.cells.empty()) return counted(data.course.cells(from.snapshot), "cell") + time;
  return counted(std::ssize(from.cells), "cell") + " of " + group + time;
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
    throw Error(ErrorCode::usage, "--group begins at the last time, after which there is nothing to tell");
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
