/// The DATA argument: its options, reading it, and showing how it was understood.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "native/commands/shared/cell_passes.hpp"
#include "native/commands/shared/session.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/io/time_courses/time_labels.hpp"

namespace cellmnn {

class Command;
class Option;

struct DataFlags {
  std::string path;
  DataOptions options;
  bool force = false;  ///< use data that are not such as those of the model

  /// The argument, --time-key, --embedding-key and --time-map.
  void add_to(Command& command, const std::string& argument = "DATA",
              const std::string& help = "Cells over time: .h5ad, .npz or .csv");

  /// The same options without the argument.
  std::vector<Option> add_keys_to(Command& command);

  /// Only --time-key, --time-map and --time-unit.
  std::vector<Option> add_time_keys_to(Command& command);

  /// --gene-names, for commands that name genes.
  void add_gene_names_to(Command& command);

  /// --force, for commands that compare the data with those of a model.
  void add_force_to(Command& command);

  /// --dims, for commands that are not told by a model.
  void add_dims_to(Command& command);

  /// --max-cells, for commands that can do with some of the cells; the seed is theirs to set.
  void add_sample_to(Command& command);
};

/// Reads DATA, warns, and prints and logs how it was understood. Without --dims, only the first
/// dimensions are kept, as many as the default of a model.
DataFile read_training_input(const DataFlags& flags, Session& session);

/// The same for what needs no training, with up to `most_dims` dimensions.
DataFile read_plain_input(const DataFlags& flags, Index most_dims, Session& session);

/// The same as for training for other files with the same options, as `paths` that are trained jointly.
std::vector<TimeCourse> read_joint_input(const DataFlags& flags, const std::vector<std::string>& paths,
                                         Session& session);

/// The same with the dimensions of a model, and with its keys and times of labels where none are given.
/// Throws bad_input if the data are not such as those of its training (data_match.hpp), or warns with
/// --force. Up to `most_dims` dimensions are read if the model has fewer.
DataFile read_input_of_model(const DataFlags& flags, const ModelFile& model, Session& session,
                             Index most_dims = 0);

/// Cells of DATA that stay in their file.
struct OpenInput {
  std::unique_ptr<CellSource> cells;
  std::unique_ptr<CellPasses> passes;  ///< of `cells`, which were looked at
  DataFile file;                       ///< how it was understood, without cells
};

/// The same, some cells at a time.
OpenInput open_input_of_model(const DataFlags& flags, const ModelFile& model, const PassOptions& passes,
                              Session& session);

/// "columns PC1, PC2, ..., PC50".
std::string columns_text(const std::vector<std::string>& names);

/// Several lines: format, keys, dimensions, and a table of label, time and cells.
std::string description(const DataFile& file);

/// The table of label, time and cells; each line ends with a newline.
std::string times_table(const DataFile& file);

/// The same for machines.
nlohmann::ordered_json data_json(const DataFile& file);

}  // namespace cellmnn
