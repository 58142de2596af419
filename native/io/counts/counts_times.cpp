#include "native/io/counts/counts_times.hpp"

#include <algorithm>

#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {

DataFile times_of(const CountsTable& file, const DataOptions& options) {
  TimeCandidates candidates{file.path, "obs column", {}, [&](const std::string& name) {
                              const auto found =
                                  std::find_if(file.obs.begin(), file.obs.end(),
                                               [&](const auto& column) { return column.first == name; });
                              return without_missing_texts(found->second);
                            }};
  for (const auto& [name, column] : file.obs) candidates.names.push_back(name);
  DataFile times;
  times.path = file.path;
  sort_into_snapshots(find_time_column(candidates, options), times);
  return times;
}

}  // namespace cellmnn
