/// The whole method against float64 values of an independent PyTorch statement.
#include <xtensor/xarray.hpp>

#include "catch.hpp"
#include "golden/golden_file.hpp"
#include "model/flow.hpp"
#include "native/io/numpy/npz.hpp"
#include "training/adamw.hpp"
#include "training/objective.hpp"

using namespace cellmnn;

namespace {

/// One golden file: a batch, parameters, and everything that follows from them.
struct Golden {
  NpzFile file;
  Index dims, depth, zeros;
  OperatorKind kind;
  std::vector<double> times;

  explicit Golden(const std::string& path)
      : file(path),
        dims(static_cast<Index>(number("latent_dim"))),
        depth(static_cast<Index>(number("depth"))),
        zeros(static_cast<Index>(number("zero_eigs"))),
        kind(path.find("eigen") == std::string::npos ? OperatorKind::dense : OperatorKind::eigen),
        times(list("times")) {}

  xt::xarray<double> array(const std::string& name) const { return file.numbers(name); }
  double number(const std::string& name) const { return *array(name).data(); }
  std::vector<double> list(const std::string& name) const {
    const auto values = array(name);
    return {values.begin(), values.end()};
  }
  Matrix<double> matrix(const std::string& name, Index rows) const {
    const auto values = array(name);
    const auto size = static_cast<Index>(values.size());
    return Eigen::Map<const Matrix<double>>(values.data(), rows, size / rows);
  }

  ObjectiveOptions options() const {
    ObjectiveOptions options;
    options.operator_shape = {kind, dims, zeros};
    options.width = static_cast<Index>(number("width"));
    options.depth = depth;
    options.times = times;
    options.kinetic_times = list("kinetic_times");
    options.gamma = number("gamma");
    options.sigma = number("sigma");
    options.lambda_kinetic = number("lambda_kinetic");
    return options;
  }

  /// w0, b0, w1, b1, ... (or their gradients) as the encoder's flat buffer.
  Vector<double> flat(const std::string& prefix) const {
    std::vector<double> values;
    for (Index l = 0; l <= depth; ++l) {
      for (const char* part : {"w", "b"}) {
        const auto more = list(prefix + part + std::to_string(l));
        values.insert(values.end(), more.begin(), more.end());
      }
    }
    return Eigen::Map<const Vector<double>>(values.data(), static_cast<Index>(values.size()));
  }

  template <typename Scalar>
  Batch<Scalar> batch() const {
    const std::vector<double> source = list("source");
    const auto n = static_cast<Index>(source.size());
    const auto n_times = static_cast<Index>(times.size());
    const Matrix<double> x = matrix("x", n), targets = matrix("pop", n);
    Batch<Scalar> batch;
    batch.targets.resize(times.size() - 1);
    for (Index k = 0; k + 1 < n_times; ++k) {
      std::vector<Index> rows;
      for (Index i = 0; i < n; ++i) {
        if (source[static_cast<std::size_t>(i)] == static_cast<double>(k)) rows.push_back(i);
      }
      batch.cells.push_back(x(rows, Eigen::all).template cast<Scalar>());
      for (Index d = k + 1; d < n_times; ++d) {
        batch.targets[static_cast<std::size_t>(k)].push_back(
            targets.middleCols(d * dims, dims)(rows, Eigen::all).template cast<Scalar>());
      }
    }
    return batch;
  }
};

void check_close(const Matrix<double>& got, const Matrix<double>& expected, double tolerance,
                 const char* what) {
  REQUIRE(got.rows() == expected.rows());
  REQUIRE(got.cols() == expected.cols());
  INFO(what << ": largest difference " << (got - expected).cwiseAbs().maxCoeff() << ", largest value "
            << expected.cwiseAbs().maxCoeff());
  CHECK((got - expected).cwiseAbs().maxCoeff() <= tolerance * expected.cwiseAbs().maxCoeff());
}

template <typename Scalar>
void check_flow(const Golden& golden, double tolerance) {
  const ObjectiveOptions options = golden.options();
  const Encoder<Scalar> encoder(
      {golden.dims + 1, options.width, options.depth, options.operator_shape.outputs()});
  const Index n = static_cast<Index>(golden.list("t").size()), dims = golden.dims;
  const Matrix<double> t = golden.matrix("t", n);
  typename Encoder<Scalar>::Pass pass;
  encoder.resize(pass, n);
  pass.layer[0] << golden.matrix("x", n).template cast<Scalar>(), t.template cast<Scalar>();
  encoder.predict(golden.flat("").template cast<Scalar>(), pass, 0, n);

  Matrix<double> operators(n, dims * dims);
  Matrix<double> positions(n, static_cast<Index>(golden.times.size()) * dims), velocities = positions;
  for (Index i = 0; i < n; ++i) {
    Field<Scalar> output(options.operator_shape.outputs(), 1), a(dims * dims, 1), x(dims, 1),
        out(positions.cols(), 1);
    cells_to_field(pass.layer.back().row(i).data(), output.features(), output.features(), output.view());
    cells_to_field(pass.layer.front().row(i).data(), dims, dims, x.view());
    Operator<Scalar>(options.operator_shape).forward(output.view(), a.view());
    FlowTimes<Scalar> times;
    for (const double time : golden.times) times.positions.push_back(static_cast<Scalar>(time - t(i)));
    Flow<Scalar>(dims).forward(a.view(), {}, x.view(), times, out.view());
    for (Index f = 0; f < a.features(); ++f) operators(i, f) = a.row(f)[0];
    for (Index f = 0; f < out.features(); ++f) positions(i, f) = out.row(f)[0];
    const Eigen::Map<const Matrix<double>> matrix(operators.row(i).data(), dims, dims);
    for (Index time = 0; time < positions.cols(); time += dims) {
      velocities.row(i).segment(time, dims) = positions.row(i).segment(time, dims) * matrix.transpose();
    }
  }
  check_close(operators, golden.matrix("A", n), tolerance, "A");
  check_close(positions, golden.matrix("x_traj", n), tolerance, "x_traj");
  check_close(velocities, golden.matrix("xdot_traj", n), tolerance, "xdot_traj");
}

template <typename Scalar>
void check_objective(const Golden& golden, double tolerance) {
  Objective<Scalar> objective(golden.options());
  SerialExecutor executor;
  const Batch<Scalar> batch = golden.batch<Scalar>();
  Vector<Scalar> gradient;
  const LossParts parts =
      objective.gradient(golden.flat("").template cast<Scalar>(), batch, true, executor, gradient);
  using Catch::Matchers::WithinRel;
  CHECK_THAT(parts.loss, WithinRel(golden.number("loss"), tolerance));
  CHECK_THAT(parts.mmd, WithinRel(golden.number("mmd"), tolerance));
  CHECK_THAT(parts.kinetic, WithinRel(golden.number("kinetic"), tolerance));
  if (golden.kind == OperatorKind::eigen) CHECK_THAT(parts.det, WithinRel(golden.number("det"), tolerance));
  const Vector<double> expected = golden.flat("grad_"), got = gradient.template cast<double>();
  for (const auto& layer : objective.encoder().layers()) {
    const Index weights = layer.outputs * layer.inputs;
    check_close(got.segment(layer.weight, weights), expected.segment(layer.weight, weights), tolerance,
                "weights");
    check_close(got.segment(layer.bias, layer.outputs), expected.segment(layer.bias, layer.outputs),
                tolerance, "biases");
  }
}

}  // namespace

TEST_CASE("operators, trajectories, losses, gradients and ten AdamW steps equal the reference", "[golden]") {
  const auto* name = GENERATE("objective_dense_d3.npz", "objective_dense_d5.npz", "objective_dense_d10.npz",
                              "objective_eigen_d5.npz", "objective_eigen_d5_zero1.npz");
  INFO(name);
  const Golden golden(golden_file(name));
  check_flow<double>(golden, 1e-9);
  check_flow<float>(golden, 1e-3);
  check_objective<double>(golden, 1e-9);
  check_objective<float>(golden, 1e-3);

  Objective<double> objective(golden.options());
  SerialExecutor executor;
  Vector<double> parameters = golden.flat(""), gradient;
  AdamW<double> optimiser(parameters.size());
  const std::vector<double> losses = golden.list("adamw_losses");
  REQUIRE(losses.size() == 10);
  const Batch<double> batch = golden.batch<double>();
  for (std::size_t step = 0; step < losses.size(); ++step) {
    const LossParts parts = objective.gradient(parameters, batch, true, executor, gradient);
    CHECK_THAT(parts.loss, Catch::Matchers::WithinRel(losses[step], 1e-8));
    optimiser.update(parameters, gradient, static_cast<Index>(step) + 1, golden.number("lr"),
                     golden.number("weight_decay"), executor, parameters);
  }
}
