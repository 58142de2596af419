#include "cellmnn/composition.hpp"

#include "catch.hpp"
#include "cellmnn/methods.hpp"
#include "cellmnn/suite.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::turning_cloud;

namespace {

/// Two groups of cells far from each other, `first` of 40 at each time in the first one; the others are
/// labelled.
TimeCourse two_groups(const std::vector<Index>& first) {
  std::vector<double> times;
  for (std::size_t s = 0; s < first.size(); ++s) times.push_back(static_cast<double>(s));
  TimeCourse data = turning_cloud(times, 40, 2);
  data.type_names = {"near", "far"};
  for (std::size_t s = 0; s < first.size(); ++s) {
    for (Index i = 0; i < 40; ++i) {
      const bool is_far = i >= first[s];
      if (is_far) data.snapshots[s].cells.row(i).array() += 50;
      data.snapshots[s].types.push_back(is_far ? 1 : 0);
    }
  }
  return data;
}

}  // namespace

TEST_CASE("measured shares leave out cells without a type", "[composition]") {
  TimeCourse data = two_groups({10});
  data.snapshots[0].types[0] = -1;
  const Composition all = composition_of(data.snapshots[0], 2);
  CHECK(all.shares(0) == Approx(9.0 / 39));
  CHECK(all.mean(1) == Approx(data.snapshots[0].cells.col(1).cast<double>().mean()));
  const Composition some = composition_of(data.snapshots[0], 2, {0, 1, 39});
  CHECK(some.shares(1) == Approx(0.5));
  CHECK(some.mean(0) == Approx((data.snapshots[0].cells(0, 0) + data.snapshots[0].cells(1, 0) +
                                data.snapshots[0].cells(39, 0)) /
                               3.0));
  data.snapshots[0].types.assign(40, -1);
  CHECK(composition_of(data.snapshots[0], 2).shares.size() == 0);
}

TEST_CASE("predicted points have the types of training cells nearby, by weight", "[composition]") {
  TimeCourse data = two_groups({30, 20, 12});
  SerialExecutor executor;
  const PredictionTask task = prediction_task(data, 1);
  PointCloud cloud{task.metric(data.snapshots[1].cells), {}};
  const Composition exact = composition_of(cloud, task, executor);
  CHECK(exact.shares(0) == Approx(0.5));
  CHECK((exact.mean - data.snapshots[1].cells.cast<double>().colwise().mean().transpose()).norm() < 1e-4);

  cloud.weights = Vector<double>::Zero(40);
  cloud.weights.head(20).setConstant(3);
  cloud.weights.tail(20).setConstant(1);
  CHECK(composition_of(cloud, task, executor).shares(0) == Approx(0.75));

  for (int& type : data.snapshots[1].types) type = 1 - type;  // nothing of the held-out types is used
  const Composition without = composition_of({cloud.points, {}}, prediction_task(data, 1), executor);
  CHECK(without.shares == exact.shares);

  for (Snapshot& snapshot : data.snapshots) snapshot.types.clear();
  CHECK(composition_of(cloud, prediction_task(data, 1), executor).shares.size() == 0);
}

TEST_CASE("total variation is the share that differs", "[composition]") {
  Vector<double> a(3), b(3);
  a << 0.5, 0.5, 0;
  b << 0.2, 0.5, 0.3;
  CHECK(total_variation(a, b) == Approx(0.3));
  CHECK(total_variation(a, a) == 0);
}

TEST_CASE("errors of gene means come through the loadings", "[composition]") {
  GeneSpace genes{{"a", "b"}, Matrix<float>(2, 2), Vector<float>(2)};
  genes.loadings << 1, 2, 0, -1;
  genes.mean << 10, 20;
  Vector<double> mean(2), other(2);
  mean << 1, 1;
  other << 0, 3;
  CHECK(gene_means(genes, mean)(0) == Approx(13));
  CHECK(gene_means(genes, other)(1) == Approx(17));
  CHECK(gene_mean_error(genes, mean, other) == Approx(std::sqrt((9.0 + 4.0) / 2)));
}

TEST_CASE("a suite scores shares and gene means of every method", "[composition]") {
  TimeCourse data = two_groups({32, 20, 8, 4});
  data.gene_space = {{"a"}, Matrix<float>::Ones(1, 2), Vector<float>::Zero(1)};
  SuiteRequest request;
  request.hold_outs = {1};
  request.seeds = {3};
  request.methods = {"previous", "mixture", kNoiseFloor};
  Suite suite(data, request);
  SerialExecutor executor;
  for (SuiteRun* run : suite.pending()) suite.finish(*run, executor, {}, [](const SuiteRun&) {});
  const std::vector<Score> scores = suite.result().scores;
  CHECK(scores[0].metrics.proportions == Approx(0.8 - 0.5));
  CHECK(scores[1].metrics.proportions == Approx((0.8 + 0.2) / 2 - 0.5).margin(1e-12));
  const auto mean = [&](std::size_t s) {
    return data.snapshots[s].cells.cast<double>().rowwise().sum().mean();
  };
  CHECK(scores[0].metrics.gene_means == Approx(std::abs(mean(0) - mean(1))));
  CHECK(scores[1].metrics.gene_means == Approx(std::abs((mean(0) + mean(2)) / 2 - mean(1))).epsilon(1e-4));
  REQUIRE(scores.size() == 12);  // ten halvings
  double sum = 0;
  for (std::size_t k = 2; k < scores.size(); ++k) {
    sum += scores[k].metrics.proportions;
    CHECK(std::abs(2 * total_variation(scores[k].composition.shares, Vector<double>::Constant(2, 0.5)) -
                   scores[k].metrics.proportions) < 1e-9);  // what one half has more, the other has less
  }
  CHECK(sum / 10 < 0.3);
  CHECK(sum > 0);
}
