#include "native/commands/input/typed_cells.hpp"

#include <utility>
#include <vector>

#include "native/commands/input/known_fates.hpp"
#include "native/io/files/input_file.hpp"

namespace cellmnn {

void set_types(DataFile& file, LabelColumn column, const std::string& key) {
  column = without_missing_texts(std::move(column));
  if (column.labels.size() < 2) {
    throw file_error(file.path, "obs['" + key + "'] has " + std::to_string(column.labels.size()) +
                                    (column.labels.size() == 1 ? " label" : " labels") +
                                    ": types of cells must be at least two");
  }
  std::vector<std::vector<int>> labels = labels_by_snapshot(file, column);
  for (std::size_t s = 0; s < labels.size(); ++s) file.data.snapshots[s].types = std::move(labels[s]);
  file.data.type_names = std::move(column.labels);
}

}  // namespace cellmnn
