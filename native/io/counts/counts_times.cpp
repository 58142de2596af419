#include "native/io/counts/counts_times.hpp"

#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {

DataFile times_of(const CountsTable& file, const DataOptions& options) {
  const auto column = [&](const std::string& name) {
    return without_missing_texts(*find_column(file.obs, name));
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
