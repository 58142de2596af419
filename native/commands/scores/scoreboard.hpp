/// The scores of a suite as a table, Markdown, JSON and csv.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "native/commands/scores/score_json.hpp"
#include "native/commands/scores/suite.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

/// What the numbers of a table are: one line.
std::string caption(const SuiteResult& result, const MetricName& metric);

/// One row a method: the metric of each hold-out, the mean, and where there are several the standard
/// deviations over seeds (of a seed's mean over hold-outs) and over hold-outs (of a hold-out's mean over
/// seeds), n - 1 in the denominator. The noise floor has two more rows: its lowest and its highest halving.
Table score_table(const SuiteResult& result, const MetricName& metric);

/// What a reader of the table must know: lines about subsets, protocols and missing scores.
std::vector<std::string> footnotes(const SuiteResult& result);

/// The table of one metric, the means of all of them, and what the methods differ from interpolation.
std::string score_markdown(const std::string& title, const SuiteResult& result, const MetricName& metric);

/// {"data": data, "results": [...], "summary": [...], "not_applicable": [...]}. Of each metric the summary
/// has NAME_mean, NAME_std (over seeds) and NAME_std_hold_outs; that of the noise floor, whose seeds are its
/// halvings, also NAME_lowest and NAME_highest. Where an interpolation was scored, "against" has
/// comparison_json().
nlohmann::ordered_json score_json(const nlohmann::ordered_json& data, const SuiteResult& result);

/// One line a score.
std::string score_csv(const SuiteResult& result);

}  // namespace cellmnn
