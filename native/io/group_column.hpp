/// Labels of the cells of a data file, such as their types.
#pragma once

#include <optional>
#include <string>

#include "native/io/label_column.hpp"

namespace cellmnn {

struct GroupColumn {
  std::string name;
  LabelColumn column;
};

/// The obs column `key` of an h5ad file, or without a key the first of the usual names; none for files that
/// have no such column. Throws bad_input if `key` is given and there is no such column.
std::optional<GroupColumn> read_groups(const std::string& path, const std::optional<std::string>& key);

}  // namespace cellmnn
