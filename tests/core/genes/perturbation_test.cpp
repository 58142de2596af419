#include "cellmnn/perturbation.hpp"

#include "catch.hpp"
#include "cellmnn/wasserstein.hpp"
#include "error_matcher.hpp"
#include "gene_model.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

Matrix<double> expression(const GeneSpace& space, const Matrix<float>& cells) {
  return (cells.cast<double>() * space.loadings.cast<double>().transpose()).rowwise() +
         space.mean.cast<double>().transpose();
}

Matrix<float> predicted(const CellMnn& model, const Matrix<float>& cells, const Vector<double>& t,
                        double time) {
  SerialExecutor executor;
  return model.predict_at(cells, t, time, executor);
}

}  // namespace

TEST_CASE("a change of genes is that of the edited expression, projected again", "[perturbation]") {
  const GeneSpace space = gene_model(OperatorKind::dense, false).gene_space;
  const Matrix<float> cells = gene_cells(6);
  Matrix<double> edited = expression(space, cells);
  edited.col(1).setZero();
  edited.col(3) = 2 * edited.col(3).array() + 0.5;
  const Matrix<double> centred = edited.rowwise() - space.mean.cast<double>().transpose();
  const Matrix<double> v = space.loadings.cast<double>();
  const Matrix<double> coordinates = v.householderQr().solve(centred.transpose()).transpose();

  const Matrix<float> changed = changed_cells(space, cells, {{1, 0, 0}, {3, 2, 0.5}});
  CHECK((changed.cast<double>() - coordinates).norm() <= 1e-5 * coordinates.norm());
  CHECK(changed_cells(space, cells, {{2, 1, 0}}) == cells);
  CHECK(changed_cells(space, cells, {}) == cells);
}

TEST_CASE("the shift lies between that of the mean and that of the cells, and so does W1", "[perturbation]") {
  const Matrix<float> unchanged = gene_cells(40);
  const Matrix<float> changed = unchanged + 0.4F * random_matrix(40, kGeneDims, 9).cast<float>();
  const Shift shift = shift_between(unchanged, changed);
  const double w1 = wasserstein1(unchanged.cast<double>(), changed.cast<double>());
  CHECK(shift.of_mean <= w1);
  CHECK(w1 <= shift.of_cells);
  const Vector<double> mean =
      (changed.cast<double>().colwise().mean() - unchanged.cast<double>().colwise().mean()).transpose();
  CHECK((shift.mean - mean).norm() <= 1e-9);
}

TEST_CASE("a screen is each knock-out by itself", "[perturbation]") {
  SerialExecutor executor;
  const CellMnn model = gene_model();
  const Matrix<float> cells = gene_cells(20);
  const Vector<double> t = Vector<double>::Constant(20, 3);
  const std::vector<ScreenedGene> screened =
      screen(model, cells, t, {4, 0}, 0, 0, 4, &arrivals_anew, executor);
  REQUIRE(screened.size() == 2);
  CHECK(screened[0].gene == 4);
  const Matrix<float> unchanged = predicted(model, cells, t, 4);
  for (const ScreenedGene& each : screened) {
    const Matrix<float> changed =
        predicted(model, changed_cells(model.gene_space, cells, {{each.gene, 0, 0}}), t, 4);
    CHECK(each.shift.of_cells == Approx(shift_between(unchanged, changed).of_cells));
    CHECK(each.expression == Approx(expression(model.gene_space, cells).col(each.gene).mean()).epsilon(1e-5));
    CHECK(each.loading == Approx(model.gene_space.loadings.row(each.gene).norm()));
  }
}

TEST_CASE("a knock-out before the prediction is the change itself", "[perturbation]") {
  SerialExecutor executor;
  const CellMnn model = gene_model();
  const Matrix<float> cells = gene_cells(10);
  const Vector<double> t = Vector<double>::Constant(10, 3);
  const ScreenedGene now = screen(model, cells, t, {2}, 0, 0, 3, &arrivals_with_population, executor).front();
  const Vector<double> changes = gene_changes(model.gene_space, now.shift.mean);
  // Orthonormal loadings: the gene itself changes by |V_j|^2 of its expression.
  CHECK(changes(2) == Approx(-now.loading * now.loading * now.expression).epsilon(1e-4));
}

TEST_CASE("controls are alike in loading and expression", "[perturbation]") {
  const CellMnn model = gene_model();
  const std::vector<Index> similar = similar_genes(model.gene_space, gene_cells(10), {2}, 3).front();
  REQUIRE(similar.size() == 3);
  for (const Index gene : similar) {
    CHECK(gene != 2);
    CHECK(gene != kGenes - 1);  // zero loadings
  }
  CHECK(similar_genes(model.gene_space, gene_cells(10), {2}, 100).front().size() == 5);

  CellMnn twins = model;  // gene 5 becomes a twin of gene 2 in loading length and mean
  twins.gene_space.loadings.row(5) = twins.gene_space.loadings.row(2);
  twins.gene_space.mean(5) = twins.gene_space.mean(2);
  CHECK(similar_genes(twins.gene_space, gene_cells(10), {2}, 1).front() == std::vector<Index>{5});
}

TEST_CASE("a change needs the mean of the genes", "[perturbation]") {
  GeneSpace space = gene_model().gene_space;
  space.mean.resize(0);
  REQUIRE_THROWS_MATCHES(changed_cells(space, gene_cells(2), {{1, 0, 0}}), Error,
                         error_with(ErrorCode::bad_input, {"mean expression"}));
}
