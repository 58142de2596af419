#include "cellmnn/perturbation_report.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/wasserstein.hpp"
#include "error_matcher.hpp"
#include "gene_model.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

const Matrix<float> cells = gene_cells(20);

/// Half of the cells are at time 3, half at time 5.
Vector<double> own_times() {
  Vector<double> t = Vector<double>::Constant(20, 3);
  t.tail(10).setConstant(5);
  return t;
}

std::vector<CellMnn> two_models() {
  std::vector<CellMnn> models = {gene_model(), gene_model()};
  models[1].parameters *= 0.9F;
  return models;
}

PerturbationQuestion knock_out(Index gene, double time, Index controls) {
  PerturbationQuestion question;
  question.changes = {{gene, 0, 0}};
  question.time = time;
  question.controls = controls;
  return question;
}

}  // namespace

TEST_CASE("a report is of the cells that are not later, and of all models", "[perturbation_report]") {
  SerialExecutor executor;
  const std::vector<CellMnn> models = two_models();
  PerturbationQuestion question = knock_out(2, 4, 3);
  question.arrivals = GENERATE(&arrivals_anew, &arrivals_with_population);
  const PerturbationReport report = perturbation_report(models, cells, own_times(), question, executor);
  CHECK(report.cells == 10);
  const Matrix<float> own = cells.topRows(10);
  const Vector<double> t = Vector<double>::Constant(10, 3);
  Vector<double> shifts = Vector<double>::Zero(4);  // of the gene and of its controls
  double w1 = 0;
  std::vector<Index> changed = similar_genes(models[0].gene_space, own, {2}, 3).front();
  changed.insert(changed.begin(), 2);
  for (const CellMnn& model : models) {
    const Matrix<float> before = model.predict_at(own, t, 4, executor);
    const Matrix<double> m = population_operator(own, before, t, 3);
    for (std::size_t g = 0; g < changed.size(); ++g) {
      const Matrix<float> moved = changed_cells(model.gene_space, own, {{changed[g], 0, 0}});
      const Matrix<double> carried = (moved - own).cast<double>() * m.transpose();
      const Matrix<float> after = question.arrivals == &arrivals_anew
                                      ? model.predict_at(moved, t, 4, executor)
                                      : before + carried.cast<float>();
      shifts(static_cast<Index>(g)) += shift_between(before, after).of_mean / 2;
      if (g == 0) w1 += wasserstein1(after.cast<double>(), before.cast<double>()) / 2;
    }
  }
  CHECK(report.shift.of_mean == Approx(shifts(0)));
  CHECK(report.w1 == Approx(w1));
  REQUIRE(report.control_shifts.size() == 3);
  Vector<double> sorted = shifts.tail(3);
  std::sort(sorted.begin(), sorted.end());
  for (Index k = 0; k < 3; ++k)
    CHECK(report.control_shifts[static_cast<std::size_t>(k)] == Approx(sorted(k)));
  CHECK(report.control_shift == Approx(sorted(1)));
  CHECK(report.p == Approx((1 + static_cast<double>((sorted.array() >= shifts(0)).count())) / 4));
}

TEST_CASE("controls have a mean and a spread for every gene", "[perturbation_report]") {
  SerialExecutor executor;
  const std::vector<CellMnn> models = {gene_model()};
  const GeneSpace& space = models[0].gene_space;
  const PerturbationReport report =
      perturbation_report(models, cells, own_times(), knock_out(0, 6, 2), executor);
  const std::vector<Index> similar = similar_genes(space, cells, {0}, 2).front();
  std::vector<Vector<double>> changes;
  changes.reserve(similar.size());
  for (const Index gene : similar) {
    changes.push_back(
        perturbation_report(models, cells, own_times(), knock_out(gene, 6, 0), executor).gene_changes);
  }
  CHECK((report.control_mean - (changes[0] + changes[1]) / 2).norm() <= 1e-9);
  CHECK((report.control_sd - (changes[0] - changes[1]).cwiseAbs() / 2).norm() <= 1e-9);
}

TEST_CASE("without controls there is no median, and without W1 none", "[perturbation_report]") {
  SerialExecutor executor;
  PerturbationQuestion question = knock_out(1, 6, 0);
  question.w1 = false;
  const PerturbationReport report = perturbation_report(two_models(), cells, own_times(), question, executor);
  CHECK(report.control_shifts.empty());
  CHECK(std::isnan(report.control_shift));
  CHECK(report.p == 1);
  CHECK(report.w1 == 0);
  CHECK(is_changed(1, question.changes));
  CHECK_FALSE(is_changed(2, question.changes));
}

TEST_CASE("a screen is a report of each gene, ranked, with z among alike genes", "[perturbation_report]") {
  SerialExecutor executor;
  const std::vector<CellMnn> models = two_models();
  ScreenQuestion question;
  question.genes = {0, 1, 2, 3, 4, 5};
  question.time = 4;
  question.controls = 5;
  const std::vector<RankedGene> ranked = ranked_screen(models, cells, own_times(), question, executor);
  REQUIRE(ranked.size() == 6);
  for (std::size_t g = 0; g < 6; ++g) {
    const PerturbationReport alone =
        perturbation_report(models, cells, own_times(), knock_out(ranked[g].gene, 4, 5), executor);
    CHECK(ranked[g].shift.of_mean == Approx(alone.shift.of_mean));
    CHECK(ranked[g].shift.of_cells == Approx(alone.shift.of_cells));
    if (g > 0) CHECK(ranked[g].shift.of_mean <= ranked[g - 1].shift.of_mean);
    const Vector<double> others = Eigen::Map<const Vector<double>>(alone.control_shifts.data(), 5);  // all
    const double sd = std::sqrt((others.array() - others.mean()).square().mean());
    CHECK(ranked[g].control_z == Approx((alone.shift.of_mean - others.mean()) / sd));
  }
}

TEST_CASE("a screen in parts is the screen in one", "[perturbation_report]") {
  SerialExecutor executor;
  const std::vector<CellMnn> models = two_models();
  ScreenQuestion question;
  question.genes = {5, 0, 3, 1};
  question.time = 4;
  question.controls = 5;
  const std::vector<RankedGene> whole = ranked_screen(models, cells, own_times(), question, executor);
  std::vector<ComparedGene> parts;
  for (const std::vector<Index>& genes : {std::vector<Index>{5}, std::vector<Index>{0, 3, 1}}) {
    question.genes = genes;
    for (const ComparedGene& gene : compared_genes(models, cells, own_times(), question, executor))
      parts.push_back(gene);
  }
  const std::vector<RankedGene> merged = ranked_genes(parts);
  REQUIRE(merged.size() == whole.size());
  for (std::size_t g = 0; g < whole.size(); ++g) {
    CHECK(merged[g].gene == whole[g].gene);
    CHECK(merged[g].shift.of_mean == whole[g].shift.of_mean);
    CHECK(merged[g].control_z == whole[g].control_z);
  }
}

TEST_CASE("a change acts on the future only", "[perturbation_report]") {
  SerialExecutor executor;
  REQUIRE_THROWS_MATCHES(perturbation_report(two_models(), cells, own_times(), knock_out(0, 2, 1), executor),
                         Error, error_with(ErrorCode::bad_input, {"no cell", "time 2", "future"}));
  CHECK(cells_until(own_times(), 3).size() == 10);
}
