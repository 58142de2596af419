#include "native/commands/input/cell_types.hpp"

#include <optional>
#include <utility>

#include "native/commands/input/typed_cells.hpp"
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
  set_types(file, std::move(found->column), found->name);
  return found->name;
}

}  // namespace cellmnn
