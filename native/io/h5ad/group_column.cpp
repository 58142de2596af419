#include "native/io/h5ad/group_column.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cellmnn/error.hpp"
#include "cellmnn/nearest.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"

namespace cellmnn {
namespace {

constexpr const char* kUsualNames[] = {"fate",       "celltype",   "cell_type",       "clusters",
                                       "leiden",     "louvain",    "cluster",         "lineage",
                                       "state",      "cell_state", "annotation",      "annotations",
                                       "cell_types", "celltypes",  "seurat_clusters", "seurat_annotations"};

constexpr std::size_t kMostLabels = 60;
constexpr std::size_t kMostColumns = 8;

/// Whether a column has few labels, at least two of them, which are texts or whole numbers.
bool groups_cells(const LabelColumn& column) {
  std::vector<bool> used(column.labels.size(), false);
  for (const std::int32_t code : column.codes) {
    if (code >= 0) used[static_cast<std::size_t>(code)] = true;
  }
  const auto count = static_cast<std::size_t>(std::count(used.begin(), used.end(), true));
  return count >= 2 && count <= kMostLabels &&
         std::all_of(column.numbers.begin(), column.numbers.end(),
                     [](double number) { return number == std::round(number); });
}

std::optional<GroupColumn> grouping_column(const H5adFrame& obs, const std::string& name) {
  try {
    LabelColumn column = obs.column(name);
    if (groups_cells(column)) return GroupColumn{name, std::move(column)};
  } catch (const ReadFailure&) {
    throw;
  } catch (const Error&) {  // a column of another type
  }
  return std::nullopt;
}

std::optional<std::string> usual_name(const std::vector<std::string>& columns) {
  for (const char* name : kUsualNames) {
    if (std::find(columns.begin(), columns.end(), name) != columns.end()) return name;
  }
  return std::nullopt;
}

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

std::optional<GroupColumn> usual_group_column(const std::string& path, const std::string& time_key) {
  if (!path.ends_with(".h5ad")) return std::nullopt;
  const H5adFrame obs(hdf5::Node::open(path), "obs");
  const auto name = usual_name(obs.columns());
  if (!name || *name == time_key) return std::nullopt;
  return grouping_column(obs, *name);
}

std::vector<GroupColumn> group_columns(const std::string& path, const std::optional<std::string>& key,
                                       const std::string& time_key) {
  std::vector<GroupColumn> found;
  if (key) found.push_back({*key, read_group_column(path, *key)});
  if (!path.ends_with(".h5ad")) return found;
  const H5adFrame obs(hdf5::Node::open(path), "obs");
  std::vector<std::string> names = obs.columns();
  if (const auto usual = usual_name(names)) {
    std::rotate(names.begin(), std::find(names.begin(), names.end(), *usual), names.end());
  }
  for (const std::string& name : names) {
    if (found.size() == kMostColumns) break;
    if (name == time_key || name == key) continue;
    if (auto column = grouping_column(obs, name)) found.push_back(std::move(*column));
  }
  return found;
}

}  // namespace cellmnn
