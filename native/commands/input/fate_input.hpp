/// What commands about fates are told: the cells whose fate is known, the model and from where cells set out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cellmnn/fates.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/io/h5ad/label_column.hpp"

namespace cellmnn {

struct FateFlags {
  std::string label_key, terminal;
  std::vector<std::string> undecided;
  std::optional<Index> clusters;  ///< of the last time as fates; 0: as many as are stable
  FateOptions options;
  bool starts_given = false, later_given = false;

  /// --label-key, --undecided, --terminal, --clusters, --starts and --later-cells.
  void add_to(Command& command);

  bool says_which() const { return !label_key.empty() || !terminal.empty() || clusters; }
  bool any_given() const { return says_which() || starts_given || later_given; }
};

/// The data as far as transitions look at them, and the model, if there is one.
struct FateData {
  DataFile file;
  std::optional<ModelFile> model;

  const CellMnn* moved_by() const { return model ? &model->model : nullptr; }
};

/// "both", "stay" or "model".
std::string starts_name(const FateData& data, const FateFlags& flags);

/// Reads an .h5ad and, unless `model` is empty, a model. Throws usage for --starts that need a model,
/// bad_input for data of one time.
FateData read_fate_data(const std::string& model, const DataFlags& data, const FateFlags& flags,
                        Session& session);

/// Fates from the labels at the last time, in the order of the labels, from the table --terminal of cells at
/// any time, or clusters of the last time; of these the session is told. Throws bad_input with the column,
/// label, file or cell that does not fit.
KnownFates read_known_fates(const DataFile& file, const FateFlags& flags, Session& session);

/// The labels of --label-key at all times, a snapshot and a cell each, and their names.
struct CellLabels {
  std::vector<std::string> names;
  std::vector<std::vector<int>> of_cells;
};
CellLabels read_labels(const DataFile& file, const std::string& label_key);

/// The colours of the fates: those of the labels in the file, or our own.
std::vector<std::string> fate_colors(const DataFile& file, const FateFlags& flags,
                                     const std::vector<std::string>& fates);

}  // namespace cellmnn
