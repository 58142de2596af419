/// What is known of the growth of a population and of its cells, for models with mass.
#pragma once

#include <optional>
#include <string>

#include "cellmnn/population_sizes.hpp"
#include "cellmnn/train_options.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

class Command;

struct GrowthFlags {
  std::string counts;  ///< a file, or empty
  std::string prior;   ///< a column of obs, or empty
  std::optional<double> prior_weight;

  void add_to(Command& command);

  /// Throws usage for options that have no effect, given the others.
  void refuse_idle(const TrainOptions& training, bool gives_mass_penalty, bool is_joint) const;

  /// Gives the cells of a file the numbers of the column.
  void read_prior(DataFile& file) const;

  /// The table of --counts, if there is one: two columns, a time and the size of the population.
  std::optional<PopulationSizes> sizes() const;
};

}  // namespace cellmnn
