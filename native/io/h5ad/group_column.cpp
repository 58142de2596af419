#include "native/io/h5ad/group_column.hpp"

#include <algorithm>

#include "cellmnn/nearest.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"

namespace cellmnn {
namespace {

constexpr const char* kUsualNames[] = {"fate",   "celltype", "cell_type", "clusters",
                                       "leiden", "louvain",  "cluster",   "lineage"};

}  // namespace

LabelColumn read_group_column(const std::string& path, const std::string& key) {
  if (!path.ends_with(".h5ad")) throw file_error(path, "groups of cells are read from obs of an .h5ad only");
  const H5adFrame obs(hdf5::Node::open(path), "obs");
  const auto& columns = obs.columns();
  if (std::find(columns.begin(), columns.end(), key) == columns.end()) {
    const std::string near = nearest(key, columns);
    throw file_error(path, "obs has no column '" + key + "'" +
                               (near.empty() ? "" : "; did you mean '" + near + "'?") + " It holds " +
                               quoted_list(columns));
  }
  return obs.column(key);
}

std::optional<std::string> usual_group_column(const std::string& path) {
  if (!path.ends_with(".h5ad")) return std::nullopt;
  const H5adFrame obs(hdf5::Node::open(path), "obs");
  const auto& columns = obs.columns();
  for (const char* name : kUsualNames) {
    if (std::find(columns.begin(), columns.end(), name) != columns.end()) return name;
  }
  return std::nullopt;
}

}  // namespace cellmnn
