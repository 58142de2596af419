#include "cellmnn/fates.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "drifting_model.hpp"
#include "error_matcher.hpp"
#include "fates/fate_step.hpp"
#include "reversed_executor.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::ReversedExecutor;
using cellmnn::testing::turning_cloud;

namespace {

/// The fate of a last cell is the side of its second coordinate.
KnownFates sides(const TimeCourse& data) {
  KnownFates known{{"low", "high"}, {}};
  for (const Snapshot& snapshot : data.snapshots) {
    known.of_cells.emplace_back(static_cast<std::size_t>(snapshot.cells.rows()), -1);
  }
  const Matrix<float>& last = data.snapshots.back().cells;
  const float middle = last.col(1).mean();
  for (Index i = 0; i < last.rows(); ++i) {
    known.of_cells.back()[static_cast<std::size_t>(i)] = last(i, 1) > middle ? 1 : 0;
  }
  return known;
}

/// T of all cells, by its definition.
Matrix<double> dense_transition(const Matrix<double>& starts, const Matrix<double>& later, double bandwidth) {
  Matrix<double> t(starts.rows(), later.rows());
  for (Index j = 0; j < t.cols(); ++j) {
    const Vector<double> costs = (starts.rowwise() - later.row(j)).rowwise().squaredNorm();
    Vector<double> order = costs;
    std::sort(order.begin(), order.end());
    const double median = (order((order.size() - 1) / 2) + order(order.size() / 2)) / 2;
    t.col(j) = (-costs / (bandwidth * (median > 0 ? median : 1))).array().exp();
  }
  for (auto column : t.colwise()) column /= column.sum();
  for (auto row : t.rowwise()) row /= row.sum();
  return t;
}

}  // namespace

TEST_CASE("a soft transition is its definition, whatever its blocks", "[fates]") {
  const Index cells = GENERATE(1, 3, 300);
  const TimeCourse data = turning_cloud({0, 1}, cells);
  const Matrix<float>&a = data.snapshots[0].cells, &u = data.snapshots[1].cells;
  SerialExecutor executor;
  const SoftTransition transition(a, u, 0.4, executor);
  const Matrix<double> expected = dense_transition(a.cast<double>(), u.cast<double>(), 0.4);
  const Matrix<double> values = u.cast<double>() * 0.1, mass = a.leftCols(2).cast<double>();
  CHECK((transition.of_later(values, executor) - expected * values).cwiseAbs().maxCoeff() < 1e-5);
  CHECK((transition.of_starts(mass, executor) - expected.transpose() * mass).cwiseAbs().maxCoeff() < 1e-4);
  CHECK((transition.rows(0, cells).cast<double>() - expected).cwiseAbs().maxCoeff() < 1e-5);
}

TEST_CASE("a soft transition stands cells far away from all others", "[fates]") {
  Matrix<float> a(3, 2), u(2, 2);
  a << 0, 0, 1, 0, 1e4F, 0;
  u << 0, 1, -1e4F, 1;
  SerialExecutor executor;
  const Matrix<float> t = SoftTransition(a, u, 1e-3, executor).rows(0, 3);
  CHECK(t.allFinite());
  CHECK((t.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-6F);
}

TEST_CASE("fates do not depend on the order of work", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1, 2}, 500, 7);
  const CellMnn model = testing::drifting(Vector<double>::Constant(3, 0.2), {0, 1, 2});
  SerialExecutor serial;
  ReversedExecutor reversed;
  const Fates one = fates_of(data, sides(data), {}, &model, serial);
  const Fates other = fates_of(data, sides(data), {}, &model, reversed);
  CHECK(one.reached == other.reached);
  CHECK(one.known == other.known);
}

TEST_CASE("probabilities have sum 1 and follow the cells", "[fates]") {
  const TimeCourse data = turning_cloud({0, 0.5, 1});
  SerialExecutor executor;
  const Fates fates = fates_of(data, sides(data), {}, nullptr, executor);
  CHECK(fates.base_rates.sum() == Approx(1));
  for (const Matrix<double>& p : fates.probabilities) {
    CHECK((p.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-12);
    CHECK(p.minCoeff() > 0);
  }
  CHECK(fates.known[0] < fates.known[1]);
  CHECK(fates.known[1] < fates.known[2]);
  CHECK(fates.known[2] > 0.98);
  // Cells on the side of a fate are the likelier to have it.
  const Vector<double> side = data.snapshots[1].cells.col(1).cast<double>();
  const Vector<double> p = fates.probabilities[1].col(1);
  CHECK((side.array() - side.mean()).matrix().dot((p.array() - p.mean()).matrix()) > 0);
}

TEST_CASE("a cell that has reached its fate early keeps it and tells its ancestors", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1, 2});
  KnownFates known = sides(data);
  known.names.emplace_back("early");
  for (std::size_t i = 0; i < 20; ++i) known.of_cells[1][i] = 2;
  SerialExecutor executor;
  const Fates fates = fates_of(data, known, {}, nullptr, executor);
  CHECK(fates.reached[1].row(3) == Eigen::RowVector3d(0, 0, 1));
  CHECK(fates.reached[1](30, 2) == 0);
  CHECK(fates.reached[0].col(2).minCoeff() > 0);
  CHECK(fates.base_rates(2) == Approx(0.2));
}

TEST_CASE("where last cells are undecided, earlier ones may stay so", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1});
  KnownFates known = sides(data);
  for (std::size_t i = 0; i < 40; ++i) known.of_cells[1][i] = -1;
  SerialExecutor executor;
  const Fates fates = fates_of(data, known, {}, nullptr, executor);
  const Vector<double> reached = fates.reached[0].rowwise().sum();
  CHECK(reached.maxCoeff() < 1);
  CHECK(reached.mean() == Approx(0.5).margin(0.15));
}

TEST_CASE("a random subset of later cells gives nearly the same fates", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1}, 2000);
  SerialExecutor executor;
  FateOptions few;
  few.most_later = 1000;
  const Fates all = fates_of(data, sides(data), {}, nullptr, executor);
  const Fates some = fates_of(data, sides(data), few, nullptr, executor);
  const double difference = (all.reached[0] - some.reached[0]).cwiseAbs().maxCoeff();
  CHECK(difference > 0);
  CHECK(difference < 0.3);
  few.seed = 1;
  CHECK(fates_of(data, sides(data), few, nullptr, executor).reached[0] != some.reached[0]);
}

TEST_CASE("mass that goes forward is kept", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1}, 300);
  SerialExecutor executor;
  FateOptions options;
  options.most_later = 200;
  const FateStep step(data, 0, FateSpace(data), options, nullptr, executor);
  const Matrix<double> mass = Matrix<double>::Constant(300, 1, 0.5);
  const Matrix<double> later = step.of_starts(mass, executor);
  CHECK(later.rows() == 300);
  CHECK(later.sum() == Approx(150).epsilon(1e-5));
  CHECK((later.array() == 0).count() == 100);
}

TEST_CASE("few cells do not feign that fates are known", "[fates]") {
  Rng rng(3, 0);
  TimeCourse data;
  KnownFates known{{"low", "high"}, {}};
  for (const double time : {0.0, 1.0, 2.0}) {
    Matrix<float> x(60, 8);
    for (float& value : x.reshaped()) value = static_cast<float>(rng.normal());
    data.snapshots.push_back({time, "", x, {}});
    known.of_cells.emplace_back(60, -1);
  }
  for (std::size_t i = 0; i < 60; ++i) known.of_cells[2][i] = rng.uniform() < 0.5 ? 0 : 1;
  SerialExecutor executor;
  const Fates fates = fates_of(data, known, {}, nullptr, executor);
  CHECK(known_of(fates.probabilities[1]) > 0.03);
  CHECK(fates.known[1] < 0.02);
  CHECK(fates.known[0] < 0.01);
  FateOptions uncorrected;
  uncorrected.permutations = 0;
  CHECK(fates_of(data, known, uncorrected, nullptr, executor).known[1] ==
        Approx(known_of(fates.probabilities[1])).epsilon(1e-4));
}

TEST_CASE("cells commit when half of what is open is decided", "[fates]") {
  Fates fates{{"a", "b"}, Eigen::Vector2d(0.5, 0.5), {}, {}, {}};
  for (const double sure : {0.5, 0.99, 1.0}) {
    Matrix<double> p(2, 2);
    p << sure, 1 - sure, 0.5, 0.5;
    fates.probabilities.push_back(p);
    fates.reached.push_back((Matrix<double>(2, 2) << 1, 0, 0, 1).finished());
  }
  const Vector<double> times = commitment_times(fates, {0, 2, 5});
  CHECK(times(0) > 0);
  CHECK(times(0) < 2);
  CHECK(times(1) == 5);  // its cells stay open
}

TEST_CASE("what is known has words", "[fates]") {
  CHECK(known_in_words(0) == "not known");
  CHECK(known_in_words(0.01) == "hardly known");
  CHECK(known_in_words(0.05) == "partly known");
  CHECK(known_in_words(0.2) == "largely known");
  CHECK(known_in_words(0.5) == "nearly decided");
  Matrix<double> p(2, 2);
  p << 1, 0, 0, 1;
  CHECK(known_of(p) == 1);
  p << 0.5, 0.5, 0.5, 0.5;
  CHECK(known_of(p) == 0);
  p << 1, 0, 1, 0;
  CHECK(known_of(p) == 0);
}

TEST_CASE("commitment is 0 at the base rates and 1 where the fate is sure", "[fates]") {
  Matrix<double> p(3, 2);
  p << 0.8, 0.2, 1, 0, 0.5, 0.5;
  const Vector<double> found = commitment(p, Eigen::Vector2d(0.8, 0.2));
  CHECK(found(0) == Approx(0).margin(1e-12));
  CHECK(found(1) == 1);
  CHECK(found(2) < 0);
}

TEST_CASE("ancestors have the labels of the cells that reach a fate", "[fates]") {
  Matrix<double> reached(3, 2);
  reached << 1, 0, 0.5, 0.5, 0.5, 0;
  const Matrix<double> shares = ancestor_shares(reached, {0, 1, -1}, 2);
  CHECK(shares(0, 0) == 0.5);
  CHECK(shares(1, 0) == 0.25);
  CHECK(shares(1, 1) == 1);
  CHECK(shares(0, 1) == 0);
}

TEST_CASE("data without fates are refused", "[fates]") {
  SerialExecutor executor;
  const TimeCourse data = turning_cloud({0, 1});
  const auto with = [&](const TimeCourse& course, const KnownFates& known) {
    return fates_of(course, known, {}, nullptr, executor);
  };
  const TimeCourse single = turning_cloud({3});
  CHECK_THROWS_MATCHES(with(single, sides(single)), Error,
                       error_with(ErrorCode::bad_input, {"one time only (3)"}));
  KnownFates known = sides(data);
  known.names.emplace_back("third");
  CHECK_THROWS_MATCHES(with(data, known), Error,
                       error_with(ErrorCode::bad_input, {"the fate 'third' has no cells"}));
  known.names = {"low"};
  for (int& fate : known.of_cells[1]) fate = 0;
  CHECK_THROWS_MATCHES(with(data, known), Error,
                       error_with(ErrorCode::bad_input, {"all cells of known fate are 'low'"}));
  known.names.clear();
  for (int& fate : known.of_cells[1]) fate = -1;
  CHECK_THROWS_MATCHES(with(data, known), Error,
                       error_with(ErrorCode::bad_input, {"no cell has a known fate"}));
}

TEST_CASE("labels of the last cells are fates, in the order of the labels", "[fates]") {
  const std::vector<std::string> labels = {"early", "a", "b", "open"};
  const KnownFates known =
      fates_of_labels(labels, {{0, 1, -1}, {2, 1, 3, -1, 2}}, {false, false, false, true});
  CHECK(known.names == std::vector<std::string>{"a", "b"});
  CHECK(known.of_cells == std::vector<std::vector<int>>{{-1, -1, -1}, {1, 0, -1, -1, 1}});
}

TEST_CASE("predictions made elsewhere move cells as their model does", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1, 2}, 40);
  const CellMnn model = testing::drifting(Vector<double>::Constant(3, 0.2), {0, 1, 2});
  SerialExecutor executor;
  const CellMover moves([&](const MatrixView<float>& cells, double from, double to, Executor& same) {
    return model.predict_at(cells, Vector<double>::Constant(cells.rows(), from), to, same);
  });
  const Fates expected = fates_of(data, sides(data), {}, &model, executor);
  CHECK(fates_of(data, sides(data), {}, moves, executor).reached[0] == expected.reached[0]);
  CHECK(fates_of(data, sides(data), {}, {}, executor).reached[0] !=
        expected.reached[0]);  // without, cells stay where they are
}
