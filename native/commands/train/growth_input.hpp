/// What is known of the growth of a population and of its cells, for models with mass.
#pragma once

#include <optional>
#include <string>

#include "cellmnn/population_sizes.hpp"
#include "cellmnn/train_options.hpp"
#include "native/commands/input/growth_prior.hpp"

namespace cellmnn {

class Command;

struct GrowthFlags {
  std::string counts;  ///< a file, or empty
  GrowthPriorFlags prior;

  void add_to(Command& command);

  /// These options with those of the prior. Throws usage for options that have no effect, given the others.
  TrainOptions with(const TrainOptions& options, bool gives_mass_penalty, bool is_joint) const;

  /// The table of --counts, if there is one: two columns, a time and the size of the population.
  std::optional<PopulationSizes> sizes() const;
};

}  // namespace cellmnn
