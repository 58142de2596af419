#include "native/commands/train/growth_input.hpp"

#include <vector>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {

void GrowthFlags::add_to(Command& command) {
  const std::string group = "Growth, for --mass yes";
  command.option(
      group, "--counts", "FILE",
      "Sizes of the population at the times, a table of time and count as 'simulate --counts' writes: "
      "the cells of a time become together as many as are counted at the next",
      counts);
  prior.add_to(command, group);
}

TrainOptions GrowthFlags::with(const TrainOptions& options, bool gives_mass_penalty, bool is_joint) const {
  if (!counts.empty()) require_mass("--counts", options);
  if (!counts.empty() && is_joint)
    throw Error(ErrorCode::usage, "--counts is about one population, but there are several data sets");
  return prior.with(options, gives_mass_penalty);
}

std::optional<PopulationSizes> GrowthFlags::sizes() const {
  if (counts.empty()) return std::nullopt;
  PopulationSizes sizes;
  CsvReader reader(counts);
  bool is_first = true;
  for (std::vector<std::string> fields; reader.next(fields); is_first = false) {
    reader.require_fields(fields, 2);
    const std::optional<double> time = parse_number(fields[0]), count = parse_number(fields[1]);
    if (is_first && !time && !count) continue;  // the names of the columns
    if (!time || !count) {
      throw file_error(counts, "line " + std::to_string(reader.line()) + " holds '" + fields[0] + "' and '" +
                                   fields[1] + "', but a time and the size of the population are expected");
    }
    sizes.times.push_back(*time);
    sizes.counts.push_back(*count);
  }
  return sizes;
}

}  // namespace cellmnn
