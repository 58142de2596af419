/// What is known of the growth of each cell, for models with mass.
#pragma once

#include <optional>
#include <string>

#include "cellmnn/train_options.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

class Command;
class Option;

struct GrowthPriorFlags {
  std::string column;  ///< of obs, or empty
  std::optional<double> weight;

  /// --growth-prior, which is returned, and --growth-prior-weight.
  Option add_to(Command& command, const std::string& group);

  /// These options with the weight. Throws usage for a prior that has no effect, given the others.
  TrainOptions with(TrainOptions options, bool gives_mass_penalty) const;

  /// Gives the cells of a file the numbers of the column.
  void read(DataFile& file) const;
};

/// Throws usage for `option`, which is about the weights of cells, if they have none.
void require_mass(const std::string& option, const TrainOptions& options);

}  // namespace cellmnn
