/// Scores as JSON.
#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>

#include "cellmnn/comparison.hpp"
#include "cellmnn/evaluation.hpp"

namespace cellmnn {

struct MetricName {
  const char* name;   ///< of files
  const char* title;  ///< for people
  double Metrics::*value;
  double Metrics::*standard_error;  ///< null if the metric is never taken from subsets
};

inline constexpr std::array<MetricName, 7> kMetrics = {{
    {"w1", "W1", &Metrics::w1, &Metrics::w1_se},
    {"w2", "W2", &Metrics::w2, &Metrics::w2_se},
    {"mmd", "Laplace MMD^2", &Metrics::mmd, nullptr},
    {"rbf_mmd", "RBF MMD^2", &Metrics::rbf_mmd, nullptr},
    {"energy", "energy distance", &Metrics::energy, nullptr},
    {"proportions", "total variation of types", &Metrics::proportions, nullptr},
    {"gene_means", "RMSE of gene means", &Metrics::gene_means, nullptr},
}};

/// Of most interest: what a table shows unless another metric is asked for.
inline constexpr const MetricName& kHeadline = kMetrics[0];

/// Of what a population is made of; not known of all data.
inline constexpr const MetricName &kProportions = kMetrics[5], &kGeneMeans = kMetrics[6];

/// visit(name, field) of all fields, the metrics under their names. `Fields` is a Score, constant or not.
template <typename Fields, typename Visit>
void for_fields(Fields& score, const Visit& visit) {
  visit("method", score.method);
  visit("protocol", score.protocol);
  visit("hold_out", score.hold_out);
  visit("seed", score.seed);
  for (const MetricName& metric : kMetrics) visit(metric.name, score.metrics.*metric.value);
  visit("w1_se", score.metrics.w1_se);
  visit("w2_se", score.metrics.w2_se);
  visit("subset", score.metrics.subset);
  visit("seconds", score.seconds);
}

/// visit(name, value) of what a comparison says, without what is compared.
template <typename Visit>
void for_comparison_fields(const Comparison& comparison, const Visit& visit) {
  visit("verdict", comparison.verdict());
  visit("w1_difference", comparison.difference.mean);
  visit("w1_low", comparison.difference.low);
  visit("w1_high", comparison.difference.high);
}

/// The fields of a score by their names, without metrics that are not known.
nlohmann::ordered_json to_json(const Score& score);

/// Throws bad_input if a field is missing or of a wrong type.
Score score_from_json(const nlohmann::ordered_json& object);

}  // namespace cellmnn
