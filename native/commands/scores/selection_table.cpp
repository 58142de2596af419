#include "native/commands/scores/selection_table.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "native/commands/scores/score_groups.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

std::string setting_of(const Selection& selection, const Candidate& candidate) {
  const std::string setting = candidate.method.substr(selection.method.size());
  return setting.empty() ? "unchanged" : setting.substr(1);
}

}  // namespace

Table selection_table(const std::vector<Selection>& selections) {
  Table table({"method", "t", "chosen", "inner W1", "W1", "unchanged", "best", "time"});
  for (const Selection& each : selections) {
    const Candidate& chosen = each.candidates[each.chosen];
    const auto best = std::min_element(each.candidates.begin(), each.candidates.end(),
                                       [](const Candidate& a, const Candidate& b) { return a.w1 < b.w1; });
    table.add({each.method, number_text(each.hold_out),
               setting_of(each, chosen) + (each.can_tell ? "" : ", cannot tell"),
               each.can_tell ? fixed(chosen.inner_w1, kScoreDigits) : "-", fixed(chosen.w1, kScoreDigits),
               fixed(each.candidates.front().w1, kScoreDigits),
               fixed(best->w1, kScoreDigits) + " " + setting_of(each, *best), duration(each.seconds)});
  }
  return table;
}

std::string selection_caption() {
  return "Settings chosen by inner hold-outs of the training snapshots; W1 of the chosen, the unchanged and "
         "the "
         "best ones, which no choice can know.";
}

ordered_json selection_json(const std::vector<Selection>& selections) {
  ordered_json list = ordered_json::array();
  for (const Selection& each : selections) {
    ordered_json candidates = ordered_json::array();
    for (const Candidate& candidate : each.candidates) {
      ordered_json fields = {{"method", candidate.method}, {"inner_w1", nullptr}, {"w1", candidate.w1}};
      if (each.can_tell) fields["inner_w1"] = candidate.inner_w1;
      candidates.push_back(fields);
    }
    list.push_back({{"method", each.method},
                    {"hold_out", each.hold_out},
                    {"chosen", each.candidates[each.chosen].method},
                    {"can_tell", each.can_tell},
                    {"seconds", each.seconds},
                    {"candidates", candidates}});
  }
  return list;
}

}  // namespace cellmnn
