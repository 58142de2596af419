#include "native/commands/scores/scoreboard.hpp"

#include <nlohmann/json.hpp>
#include <tuple>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"

using namespace cellmnn;
using Catch::Matchers::ContainsSubstring;

namespace {

Score score(const std::string& method, double hold_out, std::uint64_t seed, double w1) {
  Score result{method, method == "cellmnn" ? "honest" : "-", hold_out, seed, {}, 0};
  result.metrics.w1 = w1;
  result.metrics.energy = w1 / 10;
  return result;
}

SuiteResult small_result() {
  return {{score("previous", 1, 5, 1.5), score("previous", 2, 5, 2.5), score("cellmnn", 1, 5, 1),
           score("cellmnn", 1, 6, 2), score("cellmnn", 2, 5, 3), score("cellmnn", 2, 6, 4)},
          {},
          {{1, 90}, {2, 300}}};
}

}  // namespace

TEST_CASE("a table has the two standard deviations apart", "[scoreboard]") {
  CHECK(score_table(small_result(), kHeadline).text(0) ==
        "method             t = 1   t = 2    mean  sd (seeds)  sd (times)\n"
        "previous          1.5000  2.5000  2.0000           -      0.7071\n"
        "cellmnn (honest)  1.5000  3.5000  2.5000      0.7071      1.4142\n");
}

TEST_CASE("a table of one seed and one hold-out has no means", "[scoreboard]") {
  CHECK(score_table({{score("previous", 1, 5, 1.5)}, {}, {}}, kMetrics[4]).text(0) ==
        "method     t = 1\n"
        "previous  0.1500\n");
}

TEST_CASE("a method without an answer has no mean, and the reason is told", "[scoreboard]") {
  SuiteResult result = small_result();
  result.scores.push_back(score("next", 1, 5, 1));
  result.not_applicable = {{"next", 2, "there is nothing"}, {"mixture", 2, "there is nothing"}};
  CHECK_THAT(score_table(result, kHeadline).text(),
             ContainsSubstring("next              1.0000       -       -           -           -\n"));
  CHECK(footnotes(result) ==
        std::vector<std::string>{"Not applicable: next, mixture at t = 2: there is nothing."});
}

TEST_CASE("the noise floor has its range, and no deviation over seeds", "[scoreboard]") {
  SuiteResult result = small_result();
  for (const auto& [hold_out, seed, w1] :
       {std::tuple{1, 1, 0.2}, {1, 2, 0.6}, {1, 3, 0.1}, {2, 1, 0.5}, {2, 2, 0.3}}) {
    result.scores.push_back(score(kNoiseFloor, hold_out, static_cast<std::uint64_t>(seed), w1));
  }
  CHECK_THAT(score_table(result, kHeadline).text(0),
             ContainsSubstring("noise-floor           0.3000  0.4000  0.3400           -      0.0707\n"
                               "noise-floor, lowest   0.1000  0.3000  0.3500           -           -\n"
                               "noise-floor, highest  0.6000  0.5000  0.4500           -           -\n"));
  const nlohmann::ordered_json summary = score_json({}, result).at("summary").back();
  CHECK(summary.at("halvings") == 3);
  CHECK_FALSE(summary.contains("seeds"));
  CHECK(summary.at("w1_lowest").get<double>() == Approx(0.35));
  CHECK(summary.at("w1_highest").get<double>() == Approx(0.45));
  CHECK(score_json({}, result).at("summary").front().contains("w1_lowest") == false);
  const std::vector<std::string> notes = footnotes(result);
  REQUIRE(notes.size() == 2);
  CHECK_THAT(notes[0], ContainsSubstring("mean of 3 random halvings"));
  CHECK(notes[1] == "Few cells make noise-floor far too high: a half has 45 at t = 1.");
}

TEST_CASE("subsets are shown with their standard error and a footnote", "[scoreboard]") {
  SuiteResult result = small_result();
  CHECK_THAT(caption(result, kHeadline), Catch::Matchers::StartsWith("Exact W1 between"));
  for (Score& each : result.scores) {
    each.metrics.subset = 5000;
    each.metrics.w1_se = 0.03;
  }
  CHECK_THAT(caption(result, kHeadline), Catch::Matchers::StartsWith("W1 between"));
  CHECK_THAT(score_table(result, kHeadline).text(0),
             ContainsSubstring("previous          1.5000 +- 0.0300  2.5000 +- 0.0300  2.0000 +- 0.0212"));
  CHECK_THAT(score_table(result, kMetrics[4]).text(0), ContainsSubstring("previous          0.1500  0.2500"));
  REQUIRE(footnotes(result).size() == 1);
  CHECK_THAT(footnotes(result)[0], ContainsSubstring("5 random subsets of 5,000 cells"));
  const nlohmann::ordered_json json = score_json({}, result);
  CHECK(json.at("results")[0].at("w1_se") == 0.03);
  CHECK(json.at("results")[0].at("subset") == 5000);
}

TEST_CASE("a score reads back from its JSON bit by bit", "[scoreboard]") {
  Score before = score("cellmnn", 1.0 / 3, ~std::uint64_t{0}, 0.1);
  before.metrics = {0.1, 1.0 / 3, 1e-300, 2, 3, 4, 5, 6};
  before.seconds = 1e9;
  const Score after = score_from_json(nlohmann::ordered_json::parse(to_json(before).dump()));
  CHECK(to_json(after) == to_json(before));
  CHECK(after.seed == before.seed);
  CHECK(after.metrics.w2 == before.metrics.w2);
  nlohmann::ordered_json cut = to_json(before);
  for (const char* key : {"seed", "subset"}) {
    cut[key] = 1.5;
    CHECK_THROWS_MATCHES(score_from_json(cut), Error, error_with(ErrorCode::bad_input, {"damaged", "1.5"}));
    cut[key] = 1;
  }
  CHECK_THROWS_MATCHES(score_from_json({{"method", "cellmnn"}}), Error,
                       error_with(ErrorCode::bad_input, {"damaged", "protocol"}));
}

TEST_CASE("Markdown has the table, all metrics and the notes", "[scoreboard]") {
  SuiteResult result = small_result();
  result.scores[2].protocol = result.scores[3].protocol = result.scores[4].protocol =
      result.scores[5].protocol = "paper";
  const std::string text = score_markdown("Scores of x", result, kHeadline);
  CHECK_THAT(text, Catch::Matchers::StartsWith("# Scores of x\n\nExact W1"));
  CHECK_THAT(text, ContainsSubstring("| cellmnn (paper) | 1.5000 | 3.5000 | 2.5000 | 0.7071 | 1.4142 |\n"));
  CHECK_THAT(text, ContainsSubstring("| cellmnn (paper) | 2.5000 ± 0.7071 |"));
  CHECK_THAT(text, ContainsSubstring("selects on the test set"));
}

TEST_CASE("csv has a line a score under the names of the JSON", "[scoreboard]") {
  const std::string text = score_csv(small_result());
  CHECK_THAT(text, Catch::Matchers::StartsWith("method,protocol,hold_out,seed,w1,w2,"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 7);
  CHECK_THAT(text, ContainsSubstring("\ncellmnn,honest,2.0,6,4.0,"));
}
