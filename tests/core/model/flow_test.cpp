#include "model/flow.hpp"

#include <tuple>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::check_gradient;
using cellmnn::testing::random_matrix;

namespace {

template <typename Scalar>
Field<Scalar> field_of(const Matrix<double>& cells) {
  Field<Scalar> field(cells.cols(), cells.rows());
  const Matrix<Scalar> converted = cells.cast<Scalar>();
  cells_to_field(converted.data(), converted.cols(), converted.cols(), field.view());
  return field;
}

template <typename Scalar>
Matrix<double> cells_of(const Field<Scalar>& field) {
  Matrix<Scalar> cells(field.cells(), field.features());
  field_to_cells<Scalar>(field.view(), field.features(), cells.data(), cells.cols());
  return cells.template cast<double>();
}

/// expm(A dt) x by 2^k tiny steps of a long Taylor series: slow and independent of Flow.
Vector<double> slow_flow(const Matrix<double>& a, Vector<double> x, double dt) {
  constexpr int pieces = 512;
  for (int piece = 0; piece < pieces; ++piece) {
    Vector<double> term = x;
    for (int k = 1; k <= 12; ++k) {
      term = (a * term * (dt / pieces / k)).eval();
      x += term;
    }
  }
  return x;
}

template <typename Scalar>
FieldView<const Scalar> view_or_none(const Field<Scalar>& field) {
  return field.features() == 0 ? FieldView<const Scalar>{} : field.view();
}

struct Problem {
  Index dims, cells;
  Matrix<double> a, x;
  Matrix<double> b;  // (n, d), or empty for none
  Problem(Index d, Index n, double scale, std::uint64_t seed = 1)
      : dims(d),
        cells(n),
        a(random_matrix(n, d * d, seed, scale / std::sqrt(double(d)))),
        x(random_matrix(n, d, seed + 1)) {}

  template <typename Scalar>
  Matrix<double> positions(const FlowTimes<Scalar>& times, Scalar* energy = nullptr) const {
    const Field<Scalar> fa = field_of<Scalar>(a), fb = field_of<Scalar>(b), fx = field_of<Scalar>(x);
    Field<Scalar> out(static_cast<Index>(times.positions.size()) * dims, cells);
    const Scalar e = Flow<Scalar>(dims).forward(fa.view(), view_or_none(fb), fx.view(), times, out.view());
    if (energy != nullptr) *energy = e;
    return cells_of(out);
  }
};

}  // namespace

TEST_CASE("flow is expm(A dt) x, forward and backward in time, for small and large |A dt|", "[flow]") {
  const auto dims = GENERATE(Index{1}, Index{2}, Index{5}, Index{12}, Index{100});
  const double scale = GENERATE(0.01, 1.0, 4.0);
  const Index cells = dims == 100 ? 2 : 19;
  const Problem problem(dims, cells, scale);
  const FlowTimes<double> times{{0.0, 0.3, 2.0, -1.5, 4.0}, {0.0, 1.0, -1.0}};
  double energy = 0, expected_energy = 0;
  const Matrix<double> got = problem.positions<double>(times, &energy);
  for (Index i = 0; i < cells; ++i) {
    const Eigen::Map<const Matrix<double>> a(problem.a.row(i).data(), dims, dims);
    for (std::size_t t = 0; t < times.positions.size(); ++t) {
      const Vector<double> expected = slow_flow(a, problem.x.row(i), times.positions[t]);
      const auto found = got.row(i).segment(static_cast<Index>(t) * dims, dims).transpose();
      CHECK((found - expected).norm() <= 1e-9 * std::max(1.0, expected.norm()));
    }
    for (const double dt : times.energies)
      expected_energy += (a * slow_flow(a, problem.x.row(i), dt)).squaredNorm();
  }
  CHECK(energy == Approx(expected_energy).epsilon(1e-9));
}

TEST_CASE("flow in float follows flow in double", "[flow]") {
  const Problem problem(5, 40, 1.5);
  const Matrix<double> exact = problem.positions<double>({{0.5, 3.0, -2.0}, {}});
  const Matrix<double> single = problem.positions<float>({{0.5F, 3.0F, -2.0F}, {}});
  CHECK((exact - single).norm() <= 1e-4 * exact.norm());
}

TEST_CASE("flow: no time is the identity, and two steps make one", "[flow]") {
  const Problem problem(4, 7, 1.0);
  CHECK(problem.positions<double>({{0.0}, {}}) == problem.x);
  Problem moved = problem;
  moved.x = problem.positions<double>({{0.7}, {}});
  const Matrix<double> twice = moved.positions<double>({{1.1}, {}});
  const Matrix<double> once = problem.positions<double>({{1.8}, {}});
  CHECK((twice - once).norm() <= 1e-12 * once.norm());
}

TEST_CASE("flow with an offset is that of the linear system with one more, constant coordinate", "[flow]") {
  const auto dims = GENERATE(Index{1}, Index{4}, Index{7});
  const double scale = GENERATE(0.0, 0.5, 6.0);
  Problem problem(dims, 5, scale);
  problem.b = random_matrix(5, dims, 8);
  const std::vector<double> times = {1.3, -0.7};
  const Matrix<double> positions = problem.positions<double>({times, {}});
  for (Index i = 0; i < 5; ++i) {
    Matrix<double> system = Matrix<double>::Zero(dims + 1, dims + 1);
    system.topLeftCorner(dims, dims) = Eigen::Map<const Matrix<double>>(problem.a.row(i).data(), dims, dims);
    system.topRightCorner(dims, 1) = problem.b.row(i).transpose();
    Vector<double> x(dims + 1);
    x << problem.x.row(i).transpose(), 1;
    for (std::size_t t = 0; t < times.size(); ++t) {
      const Vector<double> expected = slow_flow(system, x, times[t]).head(dims);
      const Vector<double> got = positions.row(i).segment(static_cast<Index>(t) * dims, dims).transpose();
      CHECK((got - expected).norm() <= 1e-10 * expected.norm());
    }
  }
}

TEST_CASE("flow works for no cells and refuses operators it cannot follow", "[flow]") {
  const Problem empty(3, 0, 1.0);
  CHECK(empty.positions<double>({{1.0}, {1.0}}).rows() == 0);
  Problem wild(3, 4, 1e4);
  CHECK_THROWS_AS(wild.positions<double>({{1.0}, {}}), Error);
  Problem broken(3, 4, 1.0);
  broken.a(2, 5) = std::nan("");
  CHECK_THROWS_AS(broken.positions<double>({{1.0}, {}}), Error);
}

TEST_CASE("flow: what one block was asked before changes no bit of the next answer", "[flow]") {
  const FlowTimes<float> asked[] = {{{0.5F, -1.0F, 2.5F}, {0.0F, 0.4F, -0.8F, 1.9F}},
                                    {{0.5F, -1.0F, 2.5F}, {0.0F, 0.4F}},
                                    {{0.5F}, {0.0F, 0.4F, -0.8F, 1.9F, 4.0F}},
                                    {{0.5F}, {}},
                                    {{}, {0.4F, -0.8F}}};
  const double scales[] = {0.1, 0.4, 3};
  Flow<float> used(5);
  const auto answers = [&](Flow<float>& flow, int question) {
    const FlowTimes<float>& times = asked[question % 5];
    const Problem problem(5, 33, scales[question / 5]);
    const Field<float> a = field_of<float>(problem.a), x = field_of<float>(problem.x);
    Field<float> positions(5 * static_cast<Index>(times.positions.size()), 33), a_gradient(25, 33);
    const float energy = flow.forward(a.view(), {}, x.view(), times, positions.view());
    flow.backward(a.view(), {}, times, positions.view(), 0.3F, a_gradient.view(), {});
    return std::tuple(energy, cells_of(positions), cells_of(a_gradient));
  };
  for (int before = 0; before < 15; ++before) {
    for (int after = 0; after < 15; ++after) {
      answers(used, before);
      Flow<float> fresh(5);
      CHECK(answers(used, after) == answers(fresh, after));
    }
  }
}

TEST_CASE("flow: the adjoint is the gradient of positions and energy", "[flow][gradient]") {
  const auto dims = GENERATE(Index{1}, Index{3}, Index{5});
  const double scale = GENERATE(0.1, 2.0);
  const bool affine = GENERATE(false, true);
  Problem problem(dims, 3, scale);
  if (affine) problem.b = random_matrix(3, dims, 7);
  const FlowTimes<double> times{{0.5, -1.0, 2.5}, {0.0, 0.4, -0.8, 1.9}};
  const Index outputs = 3 * dims;
  const Matrix<double> weights = random_matrix(3, outputs, 9);
  const double energy_weight = 0.3;
  const auto value = [&] {
    double energy = 0;
    const Matrix<double> positions = problem.positions<double>(times, &energy);
    return positions.cwiseProduct(weights).sum() + energy_weight * energy;
  };
  const Field<double> a = field_of<double>(problem.a), b = field_of<double>(problem.b),
                      x = field_of<double>(problem.x);
  Field<double> positions(outputs, 3), a_gradient(dims * dims, 3), b_gradient(dims, 3);
  Flow<double> flow(dims);
  flow.forward(a.view(), view_or_none(b), x.view(), times, positions.view());
  flow.backward(a.view(), view_or_none(b), times, field_of<double>(weights).view(), energy_weight,
                a_gradient.view(), b_gradient.view());
  const double tolerance = 1e-6 * std::max(1.0, value());
  const Matrix<double> by_a = cells_of(a_gradient), by_b = cells_of(b_gradient);
  check_gradient(problem.a.data(), problem.a.size(), by_a.data(), value, tolerance);
  if (affine) check_gradient(problem.b.data(), problem.b.size(), by_b.data(), value, tolerance);
}
