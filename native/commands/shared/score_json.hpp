/// Scores as JSON.
#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>

#include "cellmnn/evaluation.hpp"

namespace cellmnn {

struct MetricName {
  const char* name;   ///< of files
  const char* title;  ///< for people
  double Metrics::*value;
  double Metrics::*standard_error;  ///< null if the metric is never taken from subsets
};

inline constexpr std::array<MetricName, 5> kMetrics = {{
    {"w1", "W1", &Metrics::w1, &Metrics::w1_se},
    {"w2", "W2", &Metrics::w2, &Metrics::w2_se},
    {"mmd", "Laplace MMD^2", &Metrics::mmd, nullptr},
    {"rbf_mmd", "RBF MMD^2", &Metrics::rbf_mmd, nullptr},
    {"energy", "energy distance", &Metrics::energy, nullptr},
}};

/// Of most interest: what a table shows unless another metric is asked for.
inline constexpr const MetricName& kHeadline = kMetrics[0];

/// All fields of a score, the metrics under their names.
nlohmann::ordered_json to_json(const Score& score);

/// Throws bad_input if a field is missing or of a wrong type.
Score score_from_json(const nlohmann::ordered_json& object);

}  // namespace cellmnn
