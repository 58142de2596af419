/// What predicted populations are made of, for people and in files.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cellmnn/population_forecast.hpp"
#include "native/commands/scores/score_groups.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

/// Whether any score knows the types of cells or the means of genes.
bool has_compositions(const SuiteResult& result);

/// One row a method: the total variation of types and the error of gene means, as means over hold-outs, and
/// where `with_intervals`, how many of the measured values were within their intervals.
Table population_table(const SuiteResult& result, const std::vector<PopulationForecast>& forecasts,
                       bool with_intervals);

/// What the table says, in a few lines.
std::string population_caption(const SuiteResult& result, bool with_intervals);

/// {"types": [...], "genes": [...], "populations": [{"method", "protocol", "hold_out", "shares":
/// {"predicted", "measured", "low", "high"}, "gene_means": the same}]}, arrays in the order of types and
/// genes; low and high only where there are intervals.
nlohmann::ordered_json population_json(const TimeCourse& data,
                                       const std::vector<PopulationForecast>& forecasts);

}  // namespace cellmnn
