#include "native/commands/input/cell_types.hpp"

#include <optional>
#include <utility>

#include "native/commands/input/known_fates.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/h5ad/group_column.hpp"

namespace cellmnn {

std::string give_types(DataFile& file, const std::string& key) {
  std::optional<GroupColumn> found;
  if (key.empty()) {
    found = usual_group_column(file.path, file.time_key);
  } else if (key == file.time_key) {
    throw file_error(file.path, "obs['" + key + "'] (--label-key) has the times: expected types of cells");
  } else {
    found = GroupColumn{key, read_group_column(file.path, key)};
  }
  if (!found) return "";
  const LabelColumn column = without_missing_texts(std::move(found->column));
  if (column.labels.size() < 2) {
    throw file_error(file.path, "obs['" + found->name + "'] has " + std::to_string(column.labels.size()) +
                                    " labels: the types of cells (--label-key) must be at least two");
  }
  std::vector<std::vector<int>> labels = labels_by_snapshot(file, column);
  for (std::size_t s = 0; s < labels.size(); ++s) file.data.snapshots[s].types = std::move(labels[s]);
  file.data.type_names = column.labels;
  return found->name;
}

}  // namespace cellmnn
