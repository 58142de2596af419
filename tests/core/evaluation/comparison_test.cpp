#include "cellmnn/comparison.hpp"

#include <string>

#include "catch.hpp"

using namespace cellmnn;

namespace {

/// A score whose W1 is the same for all draws of cells.
Score scored(const std::string& method, double hold_out, double w1) {
  Score score;
  score.method = method;
  score.protocol = "-";
  score.hold_out = hold_out;
  score.metrics.w1 = w1;
  score.metrics.w1_by_target = Vector<double>::Zero(4);
  return score;
}

}  // namespace

TEST_CASE("methods are compared with each interpolation, over all times", "[comparison]") {
  SuiteResult result;
  result.held_out_cells = {{1, 4}, {2, 4}};
  result.scores = {scored("previous", 1, 3),       scored("previous", 2, 5),
                   scored("next", 1, 1),  // has no answer at time 2
                   scored("ot-interpolate", 1, 2), scored("ot-interpolate", 2, 2),
                   scored("cellmnn", 1, 2.5),      scored("cellmnn", 2, 1),
                   scored(kNoiseFloor, 1, 0.1),    scored(kNoiseFloor, 2, 0.1)};
  const std::vector<Comparison> comparisons = comparisons_of(result);
  REQUIRE(comparisons.size() == 2);
  CHECK(comparisons[0].method == "previous");
  CHECK(comparisons[0].difference.mean == Approx(2));
  CHECK(comparisons[0].verdict() == "worse");
  CHECK(comparisons[1].method == "cellmnn");
  CHECK(comparisons[1].against == "ot-interpolate");
  CHECK(comparisons[1].difference.mean == Approx(-0.25));
  CHECK(comparisons[1].verdict() == "better");

  result.scores[5].metrics.w1_by_target.resize(0);  // a mean over subsets
  CHECK(comparisons_of(result).size() == 1);
}

TEST_CASE("an interpolation is compared with the other, and nothing without them", "[comparison]") {
  SuiteResult result;
  result.held_out_cells = {{1, 4}};
  result.scores = {scored("ot-interpolate", 1, 2), scored("ot-interpolate-w2", 1, 2)};
  const std::vector<Comparison> comparisons = comparisons_of(result);
  REQUIRE(comparisons.size() == 2);
  CHECK(comparisons[0].against == "ot-interpolate-w2");
  CHECK(comparisons[0].verdict() == "chance");
  CHECK(comparisons[1].against == "ot-interpolate");
  result.scores = {scored("previous", 1, 2), scored("next", 1, 2)};
  CHECK(comparisons_of(result).empty());
}
