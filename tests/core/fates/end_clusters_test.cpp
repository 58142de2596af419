#include "cellmnn/end_clusters.hpp"

#include <set>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"
#include "reversed_executor.hpp"

using namespace cellmnn;
using cellmnn::testing::ReversedExecutor;

namespace {

/// Cells around `groups` far places at the last time, the first group twice as large as the others.
TimeCourse ending_in(Index groups, Index cells, double distance) {
  Rng rng(4, 0);
  TimeCourse data;
  for (const double time : {0.0, 1.0}) {
    Matrix<float> x(cells, 3);
    for (float& value : x.reshaped()) value = static_cast<float>(rng.normal());
    for (Index i = 0; i < cells && time > 0; ++i) {
      const Index group = i % (groups + 1) % groups, turn = 1 + group / 3;
      x(i, group % 3) += static_cast<float>(distance * static_cast<double>(turn));
    }
    data.snapshots.push_back({time, "", x, {}});
  }
  return data;
}

}  // namespace

TEST_CASE("clusters of the last snapshot are found, the largest first", "[fates]") {
  const Index groups = GENERATE(2, 3, 4);
  const TimeCourse data = ending_in(groups, 400, 12);
  SerialExecutor serial;
  ReversedExecutor reversed;
  const EndClusters ends = end_clusters(data, 0, 1, serial);
  CHECK(std::ssize(ends.fates.names) == groups);
  CHECK(ends.stability > 0.95);
  for (std::size_t i = 0; i < 400; ++i) {
    const auto group = static_cast<int>(i % static_cast<std::size_t>(groups + 1)) % static_cast<int>(groups);
    if (group == 0) CHECK(ends.fates.of_cells.back()[i] == 0);
    CHECK(ends.fates.of_cells.front()[i] == -1);
  }
  CHECK(end_clusters(data, 0, 1, reversed).fates.of_cells == ends.fates.of_cells);
}

TEST_CASE("cells that form no clusters are not divided unasked", "[fates]") {
  const TimeCourse data = ending_in(2, 300, 0);
  SerialExecutor executor;
  CHECK_THROWS_MATCHES(end_clusters(data, 0, 1, executor), Error,
                       error_with(ErrorCode::bad_input, {"no stable clusters"}));
  const EndClusters ends = end_clusters(data, 3, 1, executor);
  CHECK(ends.fates.names == std::vector<std::string>{"end 1", "end 2", "end 3"});
  CHECK(ends.stability < kStableClusters);
}

TEST_CASE("clusters need cells", "[fates]") {
  SerialExecutor executor;
  CHECK_THROWS_MATCHES(end_clusters(ending_in(2, 19, 9), 0, 1, executor), Error,
                       error_with(ErrorCode::bad_input, {"the last time, 1", "19 cells", "ten"}));
}
