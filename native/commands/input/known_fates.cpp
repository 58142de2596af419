#include "native/commands/input/known_fates.hpp"

#include <algorithm>

#include "cellmnn/nearest.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/time_courses/time_labels.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

/// (labels) whether each is one of `undecided`.
std::vector<bool> which_are(const std::vector<std::string>& undecided, const std::vector<std::string>& labels,
                            const DataFile& file, const std::string& key) {
  std::vector<bool> result(labels.size());
  for (const std::string& label : undecided) {
    const auto found = std::find(labels.begin(), labels.end(), label);
    if (found == labels.end()) {
      std::string message = key;
      message.append(" has no label '").append(label).append("' (--undecided)");
      if (const std::string near = nearest(label, labels); !near.empty())
        message += ": did you mean '" + near + "'?";
      throw file_error(file.path, message);
    }
    result[static_cast<std::size_t>(found - labels.begin())] = true;
  }
  return result;
}

}  // namespace

std::vector<std::vector<int>> labels_by_snapshot(const DataFile& file, const LabelColumn& column) {
  std::vector<std::vector<int>> labels;
  for (const std::vector<Index>& rows : file.rows) {
    labels.emplace_back();
    for (const Index row : rows) labels.back().push_back(column.codes[static_cast<std::size_t>(row)]);
  }
  return labels;
}

KnownFates fates_of_column(const DataFile& file, const LabelColumn& column, const std::string& key,
                           const std::vector<std::string>& undecided) {
  const std::string name = "obs['" + key + "']";
  const std::vector<bool> is_undecided = which_are(undecided, column.labels, file, name);
  KnownFates known = fates_of_labels(column.labels, labels_by_snapshot(file, column), is_undecided);
  if (known.names.size() < 2) {
    const std::string time = time_name(file.data.snapshots.back());
    throw file_error(file.path, known.names.empty()
                                    ? "no cell of the last time, " + time + ", has a label in " + name +
                                          (undecided.empty() ? "" : " that is not undecided")
                                    : "all decided cells of the last time, " + time + ", are '" +
                                          known.names[0] + "' in " + name +
                                          ": fates need at least two labels");
  }
  return known;
}

}  // namespace cellmnn
