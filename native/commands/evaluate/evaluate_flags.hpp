/// What `cellmnn evaluate` can be asked: which times, methods, seeds and settings, and where the scores go.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "native/commands/input/data_input.hpp"
#include "native/commands/input/growth_prior.hpp"
#include "native/commands/scores/scoreboard.hpp"
#include "native/commands/shared/between_flags.hpp"
#include "native/commands/shared/train_flags.hpp"

namespace cellmnn {

class Command;

struct EvaluateFlags {
  DataFlags data;
  TrainFlags training;
  GeneralFlags general;
  std::string held_out = "all";
  Index ahead = 1;
  std::string seeds = "1";
  std::vector<std::string> methods = default_methods();  ///< empty: all
  FlowMatchingOptions flow_matching;
  BetweenFlags between;
  std::vector<std::string> ablations;
  std::vector<std::string> settings;  ///< among which to choose, beside the unchanged ones
  bool intervals = false;             ///< of shares and gene means
  GrowthPriorFlags growth_prior;
  std::string label_key;            ///< of types of cells; empty: found
  std::vector<std::string> others;  ///< data sets with which cellmnn is trained jointly
  const MetricName* metric = &kHeadline;
  Protocol protocol = Protocol::honest;
  std::string model;
  std::string json, csv, markdown, journal;
  bool list_runs = false;
  std::optional<RunRange> runs;  ///< only these

  void add_to(Command& command);

  /// Refuses (usage) two outputs with one name, and those that cannot be written.
  void check_outputs() const;

  /// Of the training with `changes`, as in TrainFlags::with(). Throws usage.
  TrainOptions training_options(const std::string& changes, Index dims) const;

  /// The snapshots to leave out. Throws bad_input for times that cannot be.
  std::vector<Index> hold_outs(const TimeCourse& course) const;

  /// "3" is three seeds from `first` on, "1,2,5" are these.
  std::vector<std::uint64_t> seed_list(std::uint64_t first) const;

  /// Those of `methods` that --select has settings for; throws usage if it is given and there is none.
  std::vector<std::string> selectable_methods() const;

  /// The ensemble of a single seed would be that seed's model: "all" leaves it out.
  std::vector<std::string> method_list(std::size_t seed_count) const;
};

/// Whether cellmnn-two-sided has mass by the number of cells: where nobody has said so.
bool mass_by_cells(const TrainFlags& training);

}  // namespace cellmnn
