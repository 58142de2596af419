/// The networks that one command trains, and how an interrupted training of them goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/trainer.hpp"
#include "native/io/models/model_file.hpp"

namespace cellmnn {

/// The forward network, and with --two-sided that of the mirrored courses.
struct Networks {
  Trainer forward;
  std::optional<Trainer> reversed;

  Networks(const std::vector<TimeCourse>& data, const TrainOptions& options, bool two_sided,
           Executor& executor);

  Checkpoint checkpoint(std::uint64_t data_fingerprint) const;

  /// Goes on where the run that left the file ended. Throws usage for other options, bad_input for other
  /// data.
  void restore(const std::string& path, std::uint64_t data_fingerprint);
};

}  // namespace cellmnn
