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

/// Says that it has threads, and remembers how many blocks were asked for at once.
class TwoThreads final : public Executor {
 public:
  void run(std::ptrdiff_t blocks, BlockTask task) override {
    asked.push_back(blocks);
    SerialExecutor().run(blocks, task);
  }
  int threads() const override { return 2; }

  std::vector<std::ptrdiff_t> asked;
};

}  // namespace

TEST_CASE("a long run that would be left for the end has all threads", "[suite]") {
  const TimeCourse data = turning_cloud({0, 1, 2, 3, 4}, 40);
  SuiteRequest request = small_request();
  request.methods = {"previous", "cellmnn"};
  const auto asked = [&](const std::vector<Index>& hold_outs) {
    request.hold_outs = hold_outs;
    Suite suite(data, request);
    TwoThreads executor;
    std::vector<const SuiteRun*> called;
    const std::vector<SuiteRun*> pending = suite.pending();
    suite.spread(pending, executor, [&](SuiteRun& run) { called.push_back(&run); });
    CHECK(called == std::vector<const SuiteRun*>(pending.begin(), pending.end()));
    return executor.asked;
  };
  CHECK(asked({1, 2, 3}) == std::vector<std::ptrdiff_t>{1, 5});
  CHECK(asked({1, 2}) == std::vector<std::ptrdiff_t>{0, 4});
}

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
