#include "native/commands/network/score_report.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

#include "native/io/files/output_file.hpp"
#include "native/io/files/utf8.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

nlohmann::ordered_json shown_scores(const std::vector<MethodScore>& scores, const ModelledTruth& known,
                                    const NetworkFlags& flags) {
  flags.report_stream() << "\n"
                        << flags.truth << ": " << counted(known.edges_in_file, "edge") << ", of which "
                        << counted(static_cast<std::int64_t>(known.network.edges.size()), "edge") << " of "
                        << counted(static_cast<std::int64_t>(known.network.regulators.size()), "regulator")
                        << " between modelled genes\n"
                        << unused_text(known.unused) << score_tables(scores);
  nlohmann::ordered_json unused = nlohmann::ordered_json::array();
  for (const auto& [name, reason] : known.unused) unused.push_back({{"regulator", name}, {"reason", reason}});
  return {{"truth", flags.truth}, {"tf", flags.tf}, {"scores", scores_json(scores)}, {"not_scored", unused}};
}

void record_scores(const nlohmann::ordered_json& scores, const NetworkFlags& flags, Session& session) {
  session.log().write("network scores", scores);
  if (!flags.json.empty()) write_file(flags.json, json_text(scores, 2) + "\n");
}

}  // namespace cellmnn
