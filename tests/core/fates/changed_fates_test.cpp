#include "cellmnn/changed_fates.hpp"

#include <string>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::turning_cloud;

namespace {

/// Cells whose fate is the side of gene "high"; "low" is its opposite, "flat" has nothing to do with it.
struct Sides {
  Sides() : data(turning_cloud({0, 1, 2}, 200)) {
    known.names = {"low", "high"};
    for (Snapshot& snapshot : data.snapshots) {
      snapshot.cells.col(1).array() -= snapshot.cells.col(1).mean();
      known.of_cells.emplace_back(200, -1);
    }
    for (std::size_t i = 0; i < 200; ++i) {
      known.of_cells.back()[i] = data.snapshots.back().cells(static_cast<Index>(i), 1) > 0 ? 1 : 0;
    }
    data.gene_space.genes = {"high", "low", "flat", "mean"};
    data.gene_space.loadings.setZero(4, 3);
    data.gene_space.loadings(0, 1) = 1;
    data.gene_space.loadings(1, 1) = -1;
    data.gene_space.loadings(2, 2) = 1;
    data.gene_space.loadings(3, 0) = 1;
    data.gene_space.mean = Eigen::Vector4f(1, 1, 1, 1);
    fates = fates_of(data, known, {}, nullptr, executor);
  }

  std::vector<FateChange> changes(const FateChangeQuestion& question) {
    return fate_changes(data, known, fates, question, {}, nullptr, executor);
  }

  SerialExecutor executor;
  TimeCourse data;
  KnownFates known;
  Fates fates;
};

}  // namespace

TEST_CASE("cells without a gene have the fates of cells without it", "[changed_fates]") {
  Sides sides;
  FateChangeQuestion question;
  question.snapshot = 1;
  question.genes = {0, 1};
  question.controls = 3;
  const std::vector<FateChange> found = sides.changes(question);
  REQUIRE(found.size() == 2);
  CHECK(found[0].change(1) < -0.2);
  CHECK(found[1].change(1) > 0.2);
  CHECK(found[0].change.sum() == Approx(0).margin(1e-9));
  CHECK(found[0].control(1) < 0);
  CHECK(found[1].control(1) > 0);
  CHECK((found[0].p.array() >= 0.25).all());  // of three controls
  question.times = 1;
  question.plus = 1;
  CHECK(sides.changes(question)[0].change(1) > 0.2);
  CHECK(sides.changes(question)[0].control(1) > 0);
}

TEST_CASE("cells that were changed elsewhere give the same answer", "[changed_fates]") {
  Sides sides;
  FateChangeQuestion question;
  question.snapshot = 1;
  question.genes = {0};
  question.controls = 2;
  const FateChange expected = sides.changes(question).front();
  const Matrix<float>& cells = sides.data.snapshots[1].cells;
  std::vector<Matrix<float>> changed = {changed_cells(sides.data.gene_space, cells, {{0, 0, 0}})};
  const auto similar = similar_genes(sides.data.gene_space, cells, {0}, 2);
  for (const Index other : similar.front())
    changed.push_back(changed_cells(sides.data.gene_space, cells, {{other, 0, 0}}));
  const FateChange found =
      fate_change(sides.data, sides.known, sides.fates, question, changed, {}, nullptr, sides.executor);
  CHECK(found.gene == 0);
  CHECK(found.change == expected.change);
  CHECK(found.p == expected.p);
  CHECK(found.control == expected.control);
}

TEST_CASE("a verdict compares with similar genes and with expression alone", "[changed_fates]") {
  const FateChange change{0, Eigen::Vector4d(-0.3, 0.2, 0.1, -0.1), Eigen::Vector4d(0.2, 0.01, 0.01, 0.01),
                          Eigen::Vector4d(-1, 1, -1, 0)};
  CHECK(change.verdict(0) == std::string("no more than similar genes"));
  CHECK(change.verdict(1) == std::string("cannot tell from expression alone"));
  CHECK(change.verdict(2) == std::string("against expression alone"));
  CHECK(change.verdict(3) == std::string("cannot tell from expression alone"));
}

TEST_CASE("a change of nothing changes no fate", "[changed_fates]") {
  Sides sides;
  FateChangeQuestion question;
  question.genes = {0};
  question.times = 1;
  question.controls = 0;
  const FateChange found = sides.changes(question).front();
  CHECK(found.change.cwiseAbs().maxCoeff() < 1e-6);
  CHECK(found.p == Vector<double>::Ones(2));
}

TEST_CASE("the last cells have no fate to change, and genes are needed", "[changed_fates]") {
  Sides sides;
  FateChangeQuestion question;
  question.genes = {0};
  question.snapshot = 2;
  CHECK_THROWS_MATCHES(sides.changes(question), Error, error_with(ErrorCode::bad_input, {"last time"}));
  sides.data.gene_space = {};
  question.snapshot = 0;
  CHECK_THROWS_AS(sides.changes(question), Error);
}
