#include "native/io/counts/counts_times.hpp"

#include <algorithm>

#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {

DataFile times_of(const CountsTable& file, const DataOptions& options) {
  const auto column = [&](const std::string& name) {
    const auto found =
        std::find_if(file.obs.begin(), file.obs.end(), [&](const auto& each) { return each.first == name; });
    return without_missing_texts(found->second);
  };
  TimeCandidates candidates{file.path, "obs column", {}, column};
  for (const auto& [name, values] : file.obs) candidates.names.push_back(name);
  DataFile times;
  times.path = file.path;
  const TimeColumn time = find_time_column(candidates, options);
  sort_into_snapshots(time, column(time.key), times);
  return times;
}

}  // namespace cellmnn
