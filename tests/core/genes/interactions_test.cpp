#include "cellmnn/interactions.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"
#include "gene_model.hpp"
#include "model/encoder.hpp"
#include "model/flow.hpp"
#include "model/operator.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

/// The model in double, from a cell's encoding to its expression, with the operator and offset of one cell.
class CellInDouble {
 public:
  CellInDouble(const CellMnn& model, const Vector<double>& x, double t)
      : model_(model), dims_(model.config.dims), a_(dims_ * dims_, 1), b_(dims_, 1) {
    const OperatorShape shape = operator_shape(model.config);
    const Encoder<double> encoder(encoder_shape(model.config));
    Encoder<double>::Pass pass;
    encoder.resize(pass, 1);
    pass.layer.front() << whitened(x).transpose(), model.time_scale.to_model(t);
    encoder.predict(model.parameters.cast<double>(), pass, 0, 1);
    Field<double> output(shape.outputs(), 1);
    cells_to_field(pass.layer.back().data(), shape.outputs(), shape.outputs(), output.view());
    Operator<double>(shape).forward(output.view(), a_.view());
    for (Index d = 0; d < dims_; ++d) b_.row(d)[0] = output.row(shape.offset_row() + d)[0];
  }

  /// Expression `ahead` of the cell's time of a cell at x that obeys this operator.
  Vector<double> expression(const Vector<double>& x, double ahead) const {
    Field<double> start(dims_, 1), position(dims_, 1);
    const Vector<double> z = whitened(x);
    cells_to_field(z.data(), dims_, dims_, start.view());
    Flow<double>(dims_).forward(a_.view(), b_.view(), start.view(), {{ahead / model_.time_scale.unit}, {}},
                                position.view());
    Vector<double> moved(dims_);
    field_to_cells<double>(position.view(), dims_, moved.data(), dims_);
    return model_.gene_space.mean.cast<double>() +
           model_.gene_space.loadings.cast<double>() *
               (model_.latent.std.cwiseProduct(moved) + model_.latent.mean);
  }

 private:
  Vector<double> whitened(const Vector<double>& x) const {
    return (x - model_.latent.mean).cwiseQuotient(model_.latent.std);
  }

  const CellMnn& model_;
  Index dims_;
  Field<double> a_, b_;
};

Matrix<double> dense(const Effects& effects) { return effects.targets * effects.regulators.transpose(); }

}  // namespace

TEST_CASE("G dx is the change of the predicted rate of expression", "[interactions]") {
  SerialExecutor executor;
  const auto kind = GENERATE(OperatorKind::dense, OperatorKind::eigen);
  const bool orthonormal = GENERATE(true, false);
  const CellMnn model = gene_model(kind, orthonormal);
  const Matrix<float> cell = gene_cells(1);
  const Vector<double> t = Vector<double>::Constant(1, 3), x = cell.row(0).cast<double>().transpose();
  const Matrix<double> g =
      dense(gene_operator(model.gene_space, operator_moments(model, cell, t, 0, executor).mean));

  const CellInDouble moving(model, x, 3);
  const Matrix<double> w = dual_loadings(model.gene_space);
  constexpr double kAhead = 1e-4;
  for (Index gene = 0; gene < kGenes; ++gene) {
    // Central differences in time of the difference that a change of this gene makes.
    const Vector<double> changed = x + w.row(gene).transpose();
    const Vector<double> rate = (moving.expression(changed, kAhead) - moving.expression(x, kAhead) -
                                 moving.expression(changed, -kAhead) + moving.expression(x, -kAhead)) /
                                (2 * kAhead);
    CHECK((g.col(gene) - rate).norm() <= 1e-6 * g.norm());
  }
}

TEST_CASE("mean effects are the mean of G_ij e_j over cells", "[interactions]") {
  SerialExecutor executor;
  const double degradation = GENERATE(0.0, 1.5);
  const CellMnn model = gene_model(OperatorKind::dense, false);
  const Matrix<float> cells = gene_cells(9);
  Vector<double> t(9);
  t << 1, 3, 1, 2, 9, 3, 1, 5, 5;
  const Effects effects =
      mean_effects(model.gene_space, operator_moments(model, cells, t, degradation, executor));

  const Matrix<double> v = model.gene_space.loadings.cast<double>();
  Matrix<double> expected = Matrix<double>::Zero(kGenes, kGenes);
  for (Index n = 0; n < 9; ++n) {
    const Matrix<double> g = dense(
        gene_operator(model.gene_space,
                      operator_moments(model, cells.row(n), t.segment(n, 1), degradation, executor).mean));
    const Vector<double> e =
        model.gene_space.mean.cast<double>() + v * cells.row(n).cast<double>().transpose();
    expected += g * e.asDiagonal() / 9;
  }
  CHECK((dense(effects) - expected).norm() <= 1e-6 * expected.norm());
  CHECK(std::abs(effects.of(2, 4) - expected(4, 2)) <= 1e-6 * expected.norm());  // regulator 2, target 4
  CHECK((effects.of_regulator(2) - expected.col(2)).norm() <= 1e-6 * expected.norm());
  CHECK((effects.on_target(4) - expected.row(4).transpose()).norm() <= 1e-6 * expected.norm());
}

TEST_CASE("a degradation that is added back leaves production", "[interactions]") {
  SerialExecutor executor;
  const CellMnn model = gene_model();
  const Matrix<float> cells = gene_cells(5);
  const Vector<double> t = Vector<double>::Constant(5, 3);
  const auto effects = [&](const OperatorMoments& moments) {
    return dense(mean_effects(model.gene_space, moments));
  };
  const Matrix<double> with = effects(operator_moments(model, cells, t, 0.7, executor));
  const Matrix<double> without = effects(operator_moments(model, cells, t, 0, executor));
  CHECK((with - without - 0.7 * effects(identity_moments(cells))).norm() <= 1e-9 * with.norm());
}

TEST_CASE("the co-expression baseline is the covariance of reconstructed expression", "[interactions]") {
  const CellMnn model = gene_model();
  const Matrix<float> cells = gene_cells(40);
  const Matrix<double> e = cells.cast<double>() * model.gene_space.loadings.cast<double>().transpose();
  const Matrix<double> centred = e.rowwise() - e.colwise().mean();
  const Matrix<double> expected = centred.transpose() * centred / 40;
  CHECK((dense(covariance_effects(model.gene_space, cells)) - expected).norm() <= 1e-9 * expected.norm());
}

TEST_CASE("the null has the mean and spread of shuffled loadings", "[interactions]") {
  SerialExecutor executor;
  CellMnn model = gene_model(OperatorKind::dense, false);
  model.gene_space.loadings = random_matrix(300, kGeneDims, 8).cast<float>();
  model.gene_space.loadings.array() += 0.3F;
  model.gene_space.mean.setConstant(300, 2);
  model.gene_space.genes.assign(300, "gene");
  const Matrix<float> cells = gene_cells(20);
  const OperatorMoments moments =
      operator_moments(model, cells, Vector<double>::Constant(20, 3), 0, executor);
  const ShuffledNull null = shuffled_nulls(model.gene_space, moments, {5}).front();

  // The same by drawing: each factor of an effect of gene 5 gets each dimension from a random gene.
  const Matrix<double> v = model.gene_space.loadings.cast<double>(), w = dual_loadings(model.gene_space);
  Matrix<double> m = 2 * moments.mean;
  for (Index d = 0; d < kGeneDims; ++d) m += v(5, d) * moments.weighted[static_cast<std::size_t>(d)];
  Rng rng(1);
  constexpr int kDraws = 20000;
  double sum = 0, squares = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    Vector<double> target(kGeneDims), regulator(kGeneDims);
    for (Index d = 0; d < kGeneDims; ++d) {
      target(d) = v(static_cast<Index>(rng.below(300)), d);
      regulator(d) = w(static_cast<Index>(rng.below(300)), d);
    }
    const double effect = target.dot(m * regulator);
    sum += effect;
    squares += effect * effect;
  }
  const double mean = sum / kDraws, sd = std::sqrt(squares / kDraws - mean * mean);
  // Genes without loadings do not take part.
  GeneSpace wider = model.gene_space;
  wider.loadings.conservativeResizeLike(Matrix<float>::Zero(400, kGeneDims));
  wider.mean.conservativeResizeLike(Vector<float>::Zero(400));
  wider.genes.resize(400, "gene");
  CHECK(shuffled_nulls(wider, moments, {5}).front().sd == Approx(null.sd));

  CHECK(null.mean == Approx(mean).margin(4 * sd / std::sqrt(kDraws)));
  CHECK(null.sd == Approx(sd).epsilon(0.05));
}

TEST_CASE("the activating share counts the cells with a positive effect", "[interactions]") {
  SerialExecutor executor;
  const CellMnn model = gene_model();
  const Matrix<float> cells = gene_cells(12);
  const Vector<double> t = Vector<double>::Constant(12, 3);
  const Vector<double> share = activating_share(model, cells, t, 1, 0.2, executor);
  for (const Index target : {Index{0}, Index{4}}) {
    double positive = 0;
    for (Index n = 0; n < 12; ++n) {
      const OperatorMoments one = operator_moments(model, cells.row(n), t.segment(n, 1), 0.2, executor);
      if (gene_operator(model.gene_space, one.mean).of(1, target) > 0) positive += 1;
    }
    CHECK(share(target) == Approx(positive / 12));
  }
}

TEST_CASE("genes that the model cannot speak of are refused with the reason", "[interactions]") {
  CellMnn model = gene_model();
  CHECK(modelled_gene(model.gene_space, "G2") == 2);
  CHECK(modelled_genes(model.gene_space) == std::vector<Index>{0, 1, 2, 3, 4, 5});
  const auto refused = [&](const std::string& name, const std::vector<std::string>& parts) {
    REQUIRE_THROWS_MATCHES(modelled_gene(model.gene_space, name), Error,
                           error_with(ErrorCode::bad_input, parts));
  };
  refused("G6", {"G6", "zero loadings"});
  refused("g3", {"g3", "did you mean 'G3'"});
  refused("ENSG00000181449", {"they have names such as 'G0'"});
  model.gene_space.genes[5] = "Pou5f1";
  refused("OCT4", {"did you mean 'Pou5f1'"});
  model.gene_space.genes[4] = "G2";
  refused("G2", {"2 genes", "unique"});
  model.gene_space = {};
  refused("G2", {"knows no genes"});
}

TEST_CASE("effects need a mean expression and loadings of full rank", "[interactions]") {
  CellMnn model = gene_model();
  const OperatorMoments moments = identity_moments(gene_cells(3));
  model.gene_space.loadings.col(1) = 2 * model.gene_space.loadings.col(0);
  REQUIRE_THROWS_MATCHES(dual_loadings(model.gene_space), Error,
                         error_with(ErrorCode::bad_input, {"collinear"}));
  model = gene_model();
  model.gene_space.mean.resize(0);
  REQUIRE_THROWS_MATCHES(mean_effects(model.gene_space, moments), Error,
                         error_with(ErrorCode::bad_input, {"mean expression"}));
  SerialExecutor executor;
  REQUIRE_THROWS_MATCHES(operator_moments(model, gene_cells(0), Vector<double>(0), 0, executor), Error,
                         error_with(ErrorCode::bad_input, {"no cells"}));
}
