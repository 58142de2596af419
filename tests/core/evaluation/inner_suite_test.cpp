#include "cellmnn/inner_suite.hpp"

#include <utility>

#include "catch.hpp"
#include "cellmnn/population_forecast.hpp"
#include "cellmnn/selection.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::turning_cloud;

namespace {

SuiteRequest untrained(std::vector<Index> hold_outs) {
  SuiteRequest request;
  request.hold_outs = std::move(hold_outs);
  request.seeds = {1};
  request.methods = {"previous", "mixture", kNoiseFloor};
  return request;
}

SuiteResult run(const TimeCourse& data, const SuiteRequest& request) {
  Suite suite(data, request);
  SerialExecutor executor;
  for (SuiteRun* each : suite.pending()) suite.finish(*each, executor, {}, [](const SuiteRun&) {});
  return suite.result();
}

std::vector<InnerResult> run_inner(const TimeCourse& data, const SuiteRequest& request) {
  const std::vector<InnerSuite> suites = inner_suites(data, request);
  std::vector<SuiteResult> results;
  results.reserve(suites.size());
  for (const InnerSuite& suite : suites) results.push_back(run(suite.training, suite.request));
  return inner_results(suites, results);
}

Score scored(const std::string& method, double hold_out, double w1) {
  Score score;
  score.method = method;
  score.protocol = "honest";
  score.hold_out = hold_out;
  score.metrics.w1 = w1;
  score.seconds = 1;
  return score;
}

}  // namespace

TEST_CASE("inner suites hold a second snapshot out, and never see the first", "[inner]") {
  const TimeCourse data = turning_cloud({0, 1, 2, 3, 4}, 30);
  const std::vector<InnerSuite> suites = inner_suites(data, untrained({2, 4}));
  REQUIRE(suites.size() == 2);
  CHECK(suites[0].hold_out == 2);
  CHECK(suites[0].training.snapshots.size() == 4);
  for (const Snapshot& snapshot : suites[0].training.snapshots) CHECK(snapshot.time != 2);
  CHECK(suites[0].request.hold_outs == std::vector<Index>{1, 2});
  CHECK(suites[0].request.label == " without t = 2");
  CHECK(suites[0].request.methods == std::vector<std::string>{"previous", "mixture"});
  CHECK(suites[1].request.hold_outs == std::vector<Index>{3});  // the last one of those before
  CHECK(inner_suites(turning_cloud({0, 1, 2}, 30), untrained({1})).empty());
}

TEST_CASE("the cells of the held-out snapshot change no inner score", "[inner]") {
  TimeCourse data = turning_cloud({0, 1, 2, 3, 4}, 30);
  const std::vector<InnerResult> before = run_inner(data, untrained({2}));
  data.snapshots[2].cells.array() *= 3;
  const std::vector<InnerResult> after = run_inner(data, untrained({2}));
  REQUIRE(before.front().scores.size() == 4);
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(before.front().scores[k].metrics.w1 == after.front().scores[k].metrics.w1);
    CHECK(before.front().scores[k].composition.mean == after.front().scores[k].composition.mean);
  }
  CHECK(before.front().scores.front().method == "previous");
  CHECK(before.front().training_times == std::vector<double>{0, 1, 3, 4});
}

TEST_CASE("a forecast holds the measured means where the course is as it was", "[inner]") {
  TimeCourse data = turning_cloud({0, 1, 2, 3, 4, 5}, 200, 2);
  data.gene_space = {{"a", "b"}, Matrix<float>::Identity(2, 2), Vector<float>::Zero(2)};
  const SuiteRequest request = untrained({1, 2, 3, 4});
  const SuiteResult result = run(data, request);
  const std::vector<PopulationForecast> forecasts = forecasts_of(data, result, run_inner(data, request));
  REQUIRE(forecasts.size() == 8);
  Coverage coverage;
  for (const PopulationForecast& forecast : forecasts) {
    REQUIRE(forecast.gene_means);
    CHECK_FALSE(forecast.shares);
    count_gene_means(forecast, coverage);
  }
  CHECK(coverage.told == 16);
  CHECK(coverage.within >= 12);

  Coverage none;
  for (const PopulationForecast& forecast : forecasts_of(data, result, {})) count_gene_means(forecast, none);
  CHECK(none.told == 0);
}

TEST_CASE("tiny shares do not count, and shares stay within 0 and 1", "[inner]") {
  TimeCourse data = turning_cloud({0, 1, 2, 3, 4}, 200, 2);
  data.type_names = {"left", "right", "rare", "never"};
  for (Snapshot& snapshot : data.snapshots) {
    for (Index i = 0; i < 200; ++i) snapshot.types.push_back(i == 0 ? 2 : snapshot.cells(i, 0) < 12 ? 0 : 1);
  }
  const SuiteRequest request = untrained({2});
  const auto forecasts = forecasts_of(data, run(data, request), run_inner(data, request));
  REQUIRE(forecasts.size() == 2);
  Coverage coverage;
  count_shares(forecasts.front(), coverage);
  CHECK(coverage.told == 2);
  CHECK(forecasts.front().shares->low.minCoeff() >= 0);
  CHECK(forecasts.front().shares->high.maxCoeff() <= 1);
}

TEST_CASE("the lowest inner score chooses, whatever the outer scores are", "[selection]") {
  SuiteResult result;
  result.scores = {scored("cellmnn", 1, 3), scored("cellmnn a=1", 1, 9), scored("cellmnn", 2, 1),
                   scored("cellmnn a=1", 2, 2)};
  const std::vector<InnerResult> inner = {
      {1, {0, 2, 3}, 1, {scored("cellmnn", 2, 5), scored("cellmnn a=1", 2, 4)}}};
  const auto selections = selections_of({"cellmnn", "other"}, {"", " a=1"}, result, inner);
  REQUIRE(selections.size() == 2);
  CHECK(selections[0].chosen == 1);
  CHECK(selections[0].can_tell);
  CHECK(selections[0].candidates[1].inner_w1 == 4);
  CHECK(selections[0].seconds == 3);  // two inner ones, one outside
  CHECK(selections[1].chosen == 0);
  CHECK_FALSE(selections[1].can_tell);
  const std::vector<Score> scores = scores_of(selections, result);
  REQUIRE(scores.size() == 2);
  CHECK(scores[0].method == "cellmnn selected");
  CHECK(scores[0].metrics.w1 == 9);
  CHECK(scores[0].seconds == 3);
  CHECK(scores[1].metrics.w1 == 1);
}

TEST_CASE("equal inner scores choose the first setting, missing ones none", "[selection]") {
  SuiteResult result;
  result.scores = {scored("cellmnn", 1, 3), scored("cellmnn a=1", 1, 2)};
  std::vector<InnerResult> inner = {{1, {}, 1, {scored("cellmnn", 2, 4), scored("cellmnn a=1", 2, 4)}}};
  CHECK(selections_of({"cellmnn"}, {"", " a=1"}, result, inner).front().chosen == 0);
  inner.front().scores.pop_back();
  CHECK_FALSE(selections_of({"cellmnn"}, {"", " a=1"}, result, inner).front().can_tell);
  CHECK(selections_of({"cellmnn"}, {}, result, inner).empty());
}
