#include "native/commands/input/growth_prior.hpp"

#include <limits>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/group_column.hpp"

namespace cellmnn {

Option GrowthPriorFlags::add_to(Command& command, const std::string& group) {
  Option prior = command.option(group, "--growth-prior", "COLUMN",
                                "The obs column with what is known of the growth of each cell: its rate of "
                                "division less that of death, per "
                                "unit of time, such as from scores of proliferation and apoptosis",
                                column);
  command
      .option(group, "--growth-prior-weight", "X",
              "Weight of the mean squared distance to it, in place of --mass-penalty",
              [this](const std::string& text) { weight = parse_number("--growth-prior-weight", text); })
      .needs(prior)
      .shown_default(number_text(TrainOptions{}.growth_prior_weight));
  return prior;
}

TrainOptions GrowthPriorFlags::with(TrainOptions options, bool gives_mass_penalty) const {
  if (column.empty()) return options;
  options.growth_prior_weight = weight.value_or(options.growth_prior_weight);
  validate(options);
  require_mass("--growth-prior", options);
  if (gives_mass_penalty) {
    throw Error(
        ErrorCode::usage,
        "--mass-penalty has no effect with --growth-prior, which has --growth-prior-weight in its place");
  }
  return options;
}

void require_mass(const std::string& option, const TrainOptions& options) {
  if (!options.model.mass)
    throw Error(ErrorCode::usage, option + " is about the weights of cells: give --mass yes as well");
}

void GrowthPriorFlags::read(DataFile& file) const {
  if (column.empty()) return;
  if (!lower_case(file.path).ends_with(".h5ad"))
    throw file_error(file.path, "has no obs: --growth-prior is a column of obs of an .h5ad");
  const LabelColumn labels = read_group_column(file.path, column);
  if (labels.numbers.empty())
    throw file_error(file.path, "obs['" + column + "'] (--growth-prior) holds texts, but growth is a number");
  const auto number_of = [&](Index row) {
    const std::int32_t code = labels.codes[static_cast<std::size_t>(row)];
    return code < 0 ? std::numeric_limits<float>::quiet_NaN()
                    : static_cast<float>(labels.numbers[static_cast<std::size_t>(code)]);
  };
  for (std::size_t k = 0; k < file.data.snapshots.size(); ++k) {
    Vector<float>& growth = file.data.snapshots[k].growth_prior;
    growth.resize(std::ssize(file.rows[k]));
    for (Index i = 0; i < growth.size(); ++i)
      growth(i) = number_of(file.rows[k][static_cast<std::size_t>(i)]);
  }
}

}  // namespace cellmnn
