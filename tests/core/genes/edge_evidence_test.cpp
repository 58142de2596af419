#include "cellmnn/edge_evidence.hpp"

#include <cmath>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "lagged_system.hpp"
#include "reversed_executor.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

struct Example {
  GeneCourse course = simulated(chain_of_genes(5), {0, 1, 2, 3, 4}, 60);
  LaggedOptions options;
  LaggedNetwork network;

  explicit Example(Executor& executor) : network(lagged_network(course, options, executor)) {}
  EdgeEvidence evidence(const EvidenceOptions& evidence_options, Executor& executor) const {
    const Condition alone{&course};
    return edge_evidence(std::span(&alone, 1), options, network, evidence_options, executor);
  }
};

/// Of two columns by the definition.
double correlation_of(const Vector<double>& x, const Vector<double>& y) {
  const Vector<double> u = x.array() - x.mean(), v = y.array() - y.mean();
  return u.dot(v) / u.norm() / v.norm();
}

}  // namespace

TEST_CASE("what speaks for true edges is more than what speaks for others", "[edge_evidence]") {
  SerialExecutor executor;
  const Example example(executor);
  const EdgeEvidence evidence = example.evidence({15, 15, 1}, executor);
  for (Index t = 0; t < 4; ++t) {  // targets are the genes 1 to 4, and gene t acts on gene t + 1
    INFO("target " << t + 1);
    CHECK(evidence.same_sign(t, t) == 1);
    CHECK(evidence.confidence(t, t) > 0.8);
    CHECK(evidence.confidence.col(t).maxCoeff() == evidence.confidence(t, t));
    if (t > 0) CHECK(evidence.p(t, t) <= 0.25);
  }
  CHECK(std::isnan(evidence.p(1, 0)));             // gene 1 on itself
  CHECK(evidence.p.row(0).array().isNaN().all());  // the stimulus
  const Matrix<double> scores = rank_scores(example.network).cwiseAbs();
  const double steep = 1 / (1 + std::exp(-4.4 * (scores(2, 1) - 1)));
  CHECK(evidence.confidence(2, 1) ==
        Approx(std::max(0.0, 2 * evidence.same_sign(2, 1) - 1) * steep).margin(1e-12));
  CHECK(evidence.p.minCoeff<Eigen::PropagateNumbers>() >= 1.0 / 16);
  CHECK(evidence.p.maxCoeff<Eigen::PropagateNumbers>() <= 1);
}

TEST_CASE("correlations are those of levels, and of what is left of them within snapshots",
          "[edge_evidence]") {
  SerialExecutor executor;
  const Example example(executor);
  const EdgeEvidence evidence = example.evidence({0, 0, 1}, executor);
  const Matrix<double>& levels = example.course.levels;
  CHECK(evidence.correlation(2, 3) == Approx(correlation_of(levels.col(2), levels.col(4))));
  Vector<double> x = levels.col(2), y = levels.col(4);
  for (Index k = 0; k < 5; ++k) {
    x.segment(60 * k, 60).array() -= x.segment(60 * k, 60).mean();
    y.segment(60 * k, 60).array() -= y.segment(60 * k, 60).mean();
  }
  CHECK(evidence.within(2, 3) == Approx(correlation_of(x, y)));
  CHECK(evidence.correlation(2, 1) == Approx(1));  // a gene with itself
  CHECK(std::isnan(evidence.within(0, 0)));        // the stimulus is constant in each snapshot
}

TEST_CASE("without draws and permutations there is no share, no p and no confidence", "[edge_evidence]") {
  SerialExecutor executor;
  const EdgeEvidence evidence = Example(executor).evidence({0, 0, 1}, executor);
  CHECK(evidence.same_sign.array().isNaN().all());
  CHECK(evidence.p.array().isNaN().all());
  CHECK(evidence.confidence.array().isNaN().all());
}

TEST_CASE("evidence depends on the seed and not on the order of work", "[edge_evidence]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const Example example(serial);
  const EdgeEvidence one = example.evidence({5, 5, 1}, serial), same = example.evidence({5, 5, 1}, reversed),
                     other = example.evidence({5, 5, 2}, serial);
  CHECK(one.same_sign == same.same_sign);
  CHECK(one.p.array().isNaN().select(0, one.p) == same.p.array().isNaN().select(0, same.p));
  CHECK(one.same_sign != other.same_sign);
}

TEST_CASE("numbers of draws and permutations below 0 are refused", "[edge_evidence]") {
  SerialExecutor executor;
  const Example example(executor);
  REQUIRE_THROWS_MATCHES(example.evidence({-1, 0, 1}, executor), Error,
                         error_with(ErrorCode::usage, {"draws is -1"}));
  REQUIRE_THROWS_MATCHES(example.evidence({0, -2, 1}, executor), Error,
                         error_with(ErrorCode::usage, {"permutations is -2"}));
}
