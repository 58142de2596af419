#include "native/io/group_column.hpp"

#include <algorithm>
#include <vector>

#include "native/io/h5ad_frame.hpp"
#include "native/io/input_file.hpp"
#include "native/io/text.hpp"

namespace cellmnn {
namespace {

constexpr const char* kUsualNames[] = {"fate",   "celltype", "cell_type", "clusters",
                                       "leiden", "louvain",  "cluster",   "lineage"};

}  // namespace

std::optional<GroupColumn> read_groups(const std::string& path, const std::optional<std::string>& key) {
  if (!lower_case(path).ends_with(".h5ad")) {
    if (key) throw file_error(path, "has no column '" + *key + "' (--group-key): groups are read from .h5ad");
    return std::nullopt;
  }
  const H5adFrame obs(hdf5::Node::open(path), "obs");
  const std::vector<std::string>& columns = obs.columns();
  const auto has = [&](const std::string& name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  };
  if (key) {
    if (!has(*key)) {
      throw file_error(path, "has no obs column '" + *key + "' (--group-key); those that exist are " +
                                 quoted_list(columns));
    }
    return GroupColumn{*key, obs.column(*key)};
  }
  for (const char* name : kUsualNames) {
    if (has(name)) return GroupColumn{name, obs.column(name)};
  }
  return std::nullopt;
}

}  // namespace cellmnn
