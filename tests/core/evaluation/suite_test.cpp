#include "cellmnn/suite.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::turning_cloud;

namespace {

SuiteRequest small_request() {
  SuiteRequest request;
  request.hold_outs = {1, 2};
  request.seeds = {5};
  request.options.training.model.dims = 3;
  request.options.training.model.width = 16;
  request.options.training.model.depth = 2;
  request.options.training.steps = 10;
  request.options.training.batch = 20;
  return request;
}

/// The names of the methods in the order in which their runs are finished.
std::vector<std::string> finish_all(Suite& suite) {
  SerialExecutor executor;
  std::vector<std::string> order;
  for (SuiteRun* run : suite.pending())
    suite.finish(*run, executor, {}, [&](const SuiteRun& finished) {
      CHECK(finished.finished);
      order.push_back(finished.method->name);
    });
  return order;
}

}  // namespace

TEST_CASE("runs that share a training are one, and have the scores of two", "[suite]") {
  const TimeCourse data = turning_cloud({0, 1, 2, 3}, 40);
  SuiteRequest request = small_request();
  request.methods = {"cellmnn", "cellmnn-two-sided"};
  Suite both(data, request);
  CHECK(both.pending().size() == 2);  // one a hold-out
  using Names = std::vector<std::string>;
  CHECK(finish_all(both) == Names{"cellmnn", "cellmnn-two-sided", "cellmnn", "cellmnn-two-sided"});
  CHECK(both.pending().empty());

  std::vector<Score> alone;
  for (const char* method : {"cellmnn", "cellmnn-two-sided"}) {
    SuiteRequest single = request;
    single.methods = {method};
    Suite one(data, single);
    finish_all(one);
    for (const Score& score : one.result().scores) alone.push_back(score);
  }
  const std::vector<Score> scores = both.result().scores;
  REQUIRE(scores.size() == alone.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    CHECK(scores[i].method == alone[i].method);
    CHECK(scores[i].metrics.w1 == alone[i].metrics.w1);
    CHECK(scores[i].metrics.w1_by_target == alone[i].metrics.w1_by_target);
  }
}

TEST_CASE("a finished run is nobody's part", "[suite]") {
  const TimeCourse data = turning_cloud({0, 1, 2, 3}, 40);
  SuiteRequest request = small_request();
  request.hold_outs = {1};
  request.methods = {"cellmnn", "cellmnn-two-sided"};
  Suite suite(data, request);
  suite.runs().front().finished = true;  // as from a journal
  REQUIRE(suite.runs().front().method->name == "cellmnn");
  CHECK(finish_all(suite) == std::vector<std::string>{"cellmnn-two-sided"});
}

TEST_CASE("runs that were not chosen are left, also as parts", "[suite]") {
  const TimeCourse data = turning_cloud({0, 1, 2, 3}, 40);
  SuiteRequest request = small_request();
  request.hold_outs = {1};
  request.methods = {"cellmnn", "cellmnn-two-sided"};
  Suite suite(data, request);
  suite.runs().front().chosen = false;
  CHECK(finish_all(suite) == std::vector<std::string>{"cellmnn-two-sided"});
  CHECK_FALSE(suite.runs().front().finished);
}
