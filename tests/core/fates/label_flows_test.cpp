#include "cellmnn/label_flows.hpp"

#include "catch.hpp"
#include "cellmnn/label_shares.hpp"
#include "error_matcher.hpp"
#include "fates/fate_step.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::turning_cloud;

namespace {

std::vector<std::vector<int>> thirds(std::size_t snapshots, std::size_t cells) {
  std::vector<std::vector<int>> labels(snapshots, std::vector<int>(cells));
  for (std::vector<int>& of : labels) {
    for (std::size_t i = 0; i < cells; ++i) of[i] = static_cast<int>(i % 3) - 1;  // a third has none
  }
  return labels;
}

}  // namespace

TEST_CASE("flows of labels are sums of transitions, with the shares that were measured", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1, 2}, 60);
  SerialExecutor executor;
  const std::vector<std::vector<int>> labels = thirds(3, 60);
  const std::vector<Matrix<double>> flows = label_flows(data, labels, 2, {}, nullptr, executor);
  REQUIRE(flows.size() == 2);
  const FateSpace space(data);
  const Matrix<double> t = FateStep(data, 0, space, {}, nullptr, executor).rows(0, 60).cast<double>();
  Matrix<double> expected = Matrix<double>::Zero(2, 2);
  for (Index i = 0; i < 60; ++i) {
    for (Index j = 0; j < 60; ++j) {
      const int a = labels[0][static_cast<std::size_t>(i)], b = labels[1][static_cast<std::size_t>(j)];
      if (a >= 0 && b >= 0) expected(a, b) += t(i, j);
    }
  }
  for (auto row : expected.rowwise()) row *= 0.5 / row.sum();
  CHECK((flows[0] - expected).cwiseAbs().maxCoeff() < 1e-5);
  CHECK((flows[1].rowwise().sum().array() - 0.5).abs().maxCoeff() < 1e-9);
}

TEST_CASE("flows of labels that are not there are 0", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1}, 9);
  SerialExecutor executor;
  const std::vector<std::vector<int>> none(2, std::vector<int>(9, -1));
  CHECK(label_flows(data, none, 2, {}, nullptr, executor).front().cwiseAbs().maxCoeff() == 0);
  CHECK(label_shares(none[0], 2).sum() == 0);
  CHECK(label_shares({0, 0, 1, -1}, 2)(0) == Approx(2.0 / 3));
  CHECK_THROWS_MATCHES(label_flows(turning_cloud({1}, 4), none, 2, {}, nullptr, executor), Error,
                       error_with(ErrorCode::bad_input, {"one time only (1)"}));
}
