#include "cellmnn/network_score.hpp"

#include <cmath>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

namespace {

/// Two regulators, genes 0 and 1, of five genes. Gene 0 activates 2 and represses 3; gene 1 acts on 4 in an
/// unknown way.
const KnownNetwork kKnown = {{0, 1}, {0, 1, 2, 3, 4}, {{0, 2, +1}, {0, 3, -1}, {1, 4, 0}}};

Matrix<double> effects(std::initializer_list<std::initializer_list<double>> rows) {
  return Matrix<double>(rows);
}

NetworkScore score(const Matrix<double>& values, const KnownNetwork& known = kKnown) {
  SerialExecutor executor;
  return score_network(values, known, 200, 1, executor);
}

}  // namespace

TEST_CASE("effects that rank every true edge first score 1", "[network_score]") {
  const NetworkScore perfect = score(effects({{9, 0.1, 3, -2, 0.2}, {0.3, 9, -0.1, 0, 1}}));
  CHECK(perfect.candidates == 8);  // not the two genes on themselves
  CHECK(perfect.edges == 3);
  CHECK(perfect.auroc == 1);
  CHECK(perfect.auprc == Approx(1));
  CHECK(perfect.early_precision_ratio == Approx(8.0 / 3));
  CHECK(perfect.signed_auroc == 1);
  CHECK(perfect.signs.activation_as_activation == 1);
  CHECK(perfect.signs.repression_as_repression == 1);
  CHECK(perfect.signs.f1() == 1);
  CHECK(perfect.signs.mcc() == 1);
}

TEST_CASE("activation that is called repression is a false negative", "[network_score]") {
  const NetworkScore wrong = score(effects({{0, 0.1, -3, -2, 0.2}, {0.3, 0, -0.1, 0, 1}}));
  CHECK(wrong.signs.activation_as_repression == 1);
  CHECK(wrong.signs.activation_as_activation == 0);
  CHECK(wrong.signs.repression_as_repression == 1);
  CHECK(wrong.signs.balanced_accuracy() == 0.5);
  CHECK(wrong.auroc == 1);  // that there is an edge is right
  CHECK(wrong.signed_auroc < 1);
}

TEST_CASE("metrics of a confusion are those of their definitions", "[network_score]") {
  const SignConfusion signs{6, 2, 3, 5};
  CHECK(signs.precision() == Approx(6.0 / 9));
  CHECK(signs.recall() == Approx(6.0 / 8));
  CHECK(signs.f1() == Approx(2 * (6.0 / 9) * 0.75 / (6.0 / 9 + 0.75)));
  CHECK(signs.balanced_accuracy() == Approx((6.0 / 8 + 5.0 / 8) / 2));
  CHECK(signs.mcc() == Approx((30 - 6) / std::sqrt(9.0 * 8 * 8 * 7)));
  const SignConfusion always{8, 0, 8, 0};
  CHECK(always.mcc() == 0);
  CHECK(always.balanced_accuracy() == 0.5);
  CHECK(std::isnan(SignConfusion{}.f1()));
}

TEST_CASE("constant effects score as chance", "[network_score]") {
  const NetworkScore constant = score(Matrix<double>::Ones(2, 5));
  CHECK(constant.auroc == 0.5);
  CHECK(constant.auprc == Approx(3.0 / 8));
  CHECK(constant.early_precision_ratio == Approx(1));
  CHECK(constant.auroc_p == 1);
  CHECK(constant.sign_p == 1);
}

TEST_CASE("average precision and areas are those of their definitions", "[network_score]") {
  // The eight candidates in rows without the diagonal, y = edge, s = |effect|:
  //   y = [0, 1, 1, 0, 0, 0, 0, 1], s = [.5, .4, .3, .2, .1, .6, .7, .8]
  //   area 9 / 15, average precision (1/1 + 2/5 + 3/6) / 3
  const NetworkScore mixed = score(effects({{0, 0.5, 0.4, -0.3, 0.2}, {0.1, 0, -0.6, 0.7, 0.8}}));
  CHECK(mixed.auroc == Approx(9.0 / 15));
  CHECK(mixed.auprc == Approx((1 + 2.0 / 5 + 3.0 / 6) / 3));
  CHECK(mixed.early_precision_ratio == Approx((1.0 / 3) / (3.0 / 8)));
}

TEST_CASE("p-values are small for a signal and uniform without one", "[network_score]") {
  KnownNetwork known{{0, 1, 2}, {}, {}};
  for (Index g = 0; g < 60; ++g) known.targets.push_back(g);
  for (Index r = 0; r < 3; ++r) {
    for (Index k = 0; k < 20; ++k) known.edges.push_back({r, 3 + (r * 17 + k * 2) % 57, k % 2 == 0 ? 1 : -1});
  }
  const Matrix<double> noise = random_matrix(3, 60, 5);
  Matrix<double> signal = noise;
  for (const TrueEdge& edge : known.edges) signal(edge.regulator, edge.target) += 2 * edge.sign;
  CHECK(score(signal, known).auroc_p < 0.02);
  CHECK(score(signal, known).sign_p < 0.02);

  double sum = 0;
  for (unsigned seed = 0; seed < 30; ++seed) sum += score(random_matrix(3, 60, 50 + seed), known).auroc_p;
  CHECK(sum / 30 == Approx(0.5).margin(0.2));
}

TEST_CASE("a network without edges and broken effects are refused; ranks of ties are shared",
          "[network_score]") {
  REQUIRE_THROWS_MATCHES(score(Matrix<double>::Ones(2, 5), {{0, 1}, {0, 1, 2}, {}}), Error,
                         error_with(ErrorCode::bad_input, {"no edge"}));
  Matrix<double> broken = Matrix<double>::Ones(2, 5);
  broken(1, 3) = std::nan("");
  REQUIRE_THROWS_MATCHES(score(broken), Error, error_with(ErrorCode::numerical, {"finite"}));
  CHECK(mid_ranks({3, 1, 3, 2}) == std::vector<double>{3.5, 1, 3.5, 2});
  CHECK(mid_ranks({}).empty());
}
