/// Leave-one-out scores of many methods, hold-outs and seeds, and how they are shown.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cellmnn/evaluation.hpp"
#include "native/commands/session.hpp"
#include "native/report.hpp"

namespace cellmnn {

/// All methods in the order of tables and files.
const std::vector<std::string>& all_methods();

/// Indices of all snapshots that can be held out; throws bad_input if there is none.
std::vector<Index> inner_snapshots(const TimeCourse& data);

struct ScoreRequest {
  std::vector<Index> hold_outs;      ///< indices of inner snapshots
  std::vector<std::uint64_t> seeds;  ///< one training each; the noise floor takes the first
  std::vector<std::string> methods;  ///< of all_methods()
  TrainOptions options;              ///< its seed is replaced
  Protocol protocol = Protocol::honest;
};

/// Trains and scores; the scores come by method, hold-out and seed.
std::vector<Score> run_scores(const TimeCourse& data, const ScoreRequest& request, Session& session);

/// One row a method: W1 of each hold-out, then their mean.
Table score_table(const std::vector<Score>& scores);

/// {"data": data, "results": [...], "summary": [...]}; the means are over hold-outs and seeds, the
/// standard deviation is that of a seed's mean over hold-outs.
nlohmann::ordered_json score_json(const nlohmann::ordered_json& data, const std::vector<Score>& scores);

}  // namespace cellmnn
