#include "native/commands/train/growth_input.hpp"

#include <limits>
#include <vector>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/group_column.hpp"

namespace cellmnn {

void GrowthFlags::add_to(Command& command) {
  const std::string group = "Growth, for --mass yes";
  command.option(
      group, "--counts", "FILE",
      "Sizes of the population at the times, a table of time and count as 'simulate --counts' writes: "
      "the cells of a time become together as many as are counted at the next",
      counts);
  Option column = command.option(group, "--growth-prior", "COLUMN",
                                 "The obs column with what is known of the growth of each cell: its rate of "
                                 "division less that of death, per "
                                 "unit of time, such as from scores of proliferation and apoptosis",
                                 prior);
  command
      .option(group, "--growth-prior-weight", "X",
              "Weight of the mean squared distance to it, in place of --mass-penalty",
              [this](const std::string& text) { prior_weight = parse_number("--growth-prior-weight", text); })
      .needs(column)
      .shown_default(number_text(TrainOptions{}.growth_prior_weight));
}

void GrowthFlags::refuse_idle(const TrainOptions& training, bool gives_mass_penalty, bool is_joint) const {
  const bool knows = !counts.empty() || !prior.empty();
  if (knows && !training.model.mass) {
    throw Error(ErrorCode::usage, std::string(counts.empty() ? "--growth-prior" : "--counts") +
                                      " is about the weights of cells: give --mass yes as well");
  }
  if (!prior.empty() && gives_mass_penalty) {
    throw Error(
        ErrorCode::usage,
        "--mass-penalty has no effect with --growth-prior, which has --growth-prior-weight in its place");
  }
  if (!counts.empty() && is_joint)
    throw Error(ErrorCode::usage, "--counts is about one population, but there are several data sets");
}

void GrowthFlags::read_prior(DataFile& file) const {
  if (prior.empty()) return;
  if (!lower_case(file.path).ends_with(".h5ad"))
    throw file_error(file.path, "has no obs: --growth-prior is a column of obs of an .h5ad");
  const LabelColumn column = read_group_column(file.path, prior);
  if (column.numbers.empty())
    throw file_error(file.path, "obs['" + prior + "'] (--growth-prior) holds texts, but growth is a number");
  const auto number_of = [&](Index row) {
    const std::int32_t code = column.codes[static_cast<std::size_t>(row)];
    return code < 0 ? std::numeric_limits<float>::quiet_NaN()
                    : static_cast<float>(column.numbers[static_cast<std::size_t>(code)]);
  };
  for (std::size_t k = 0; k < file.data.snapshots.size(); ++k) {
    Vector<float>& growth = file.data.snapshots[k].growth_prior;
    growth.resize(std::ssize(file.rows[k]));
    for (Index i = 0; i < growth.size(); ++i)
      growth(i) = number_of(file.rows[k][static_cast<std::size_t>(i)]);
  }
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
