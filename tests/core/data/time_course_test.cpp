#include "cellmnn/time_course.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "error_matcher.hpp"

using namespace cellmnn;
using Catch::Matchers::WithinAbs;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

Snapshot snapshot(double time, const std::string& label, const Matrix<float>& cells) {
  return {time, label, cells, {}};
}

/// Three times, two dimensions, 2 + 3 + 1 cells; the second dimension is 0.1 everywhere.
TimeCourse three_times() {
  TimeCourse data;
  data.snapshots.push_back(snapshot(2, "day2", Matrix<float>{{1.0F, 0.1F}, {3.0F, 0.1F}}));
  data.snapshots.push_back(snapshot(3, "day3", Matrix<float>{{5.0F, 0.1F}, {0.0F, 0.1F}, {2.0F, 0.1F}}));
  data.snapshots.push_back(snapshot(7, "7", Matrix<float>{{-5.0F, 0.1F}}));
  data.gene_space = {{"Gata0", "Sox0", "Myc0"},
                     Matrix<float>{{1.0F, 0.0F}, {0.0F, 1.0F}, {0.0F, 0.0F}},
                     Vector<float>::Ones(3)};
  return data;
}

auto bad_input(std::vector<std::string> parts) { return error_with(ErrorCode::bad_input, std::move(parts)); }

}  // namespace

TEST_CASE("A usable time course is accepted and counted", "[time_course]") {
  const TimeCourse data = three_times();
  REQUIRE_NOTHROW(validate_for_training(data));
  CHECK(data.dims() == 2);
  CHECK(data.cells() == 6);
  CHECK(TimeCourse{}.dims() == 0);
}

TEST_CASE("validate refuses what no model can use", "[time_course]") {
  TimeCourse data = three_times();

  SECTION("fewer than two times") {
    data.snapshots.resize(1);
    REQUIRE_NOTHROW(validate(data));
    REQUIRE_THROWS_MATCHES(validate_for_training(data), Error,
                           bad_input({"got 1 snapshot:", "at least two times"}));
    data.snapshots.clear();
    REQUIRE_THROWS_MATCHES(validate(data), Error, bad_input({"got no cells"}));
  }
  SECTION("times that descend") {
    std::swap(data.snapshots[0], data.snapshots[1]);
    REQUIRE_THROWS_MATCHES(validate(data), Error,
                           bad_input({"\"day2\" (time 2) follows", "\"day3\" (time 3)", "ascending"}));
  }
  SECTION("the same time twice") {
    data.snapshots[1].time = 2;
    REQUIRE_THROWS_MATCHES(validate(data), Error, bad_input({"ascending order with one time each"}));
  }
  SECTION("times too close to tell apart") {
    data.snapshots[1].time = std::nextafter(2.0, 3.0);
    REQUIRE_NOTHROW(validate(data));
    REQUIRE_THROWS_MATCHES(
        validate_for_training(data), Error,
        bad_input({"\"day2\" (time 2) and snapshot \"day3\" (time 2) lie too close", "reach 7"}));
    data.snapshots[1].time = 2 + 1e-9;
    REQUIRE_NOTHROW(validate_for_training(data));
  }
  SECTION("a time that is not a number") {
    data.snapshots[0].time = kNan;
    REQUIRE_THROWS_MATCHES(validate(data), Error, bad_input({"\"day2\" (time nan)", "finite time"}));
  }
  SECTION("a snapshot without cells") {
    data.snapshots[2].cells.resize(0, 2);
    REQUIRE_THROWS_MATCHES(validate(data), Error, bad_input({"the snapshot at time 7 has no cells"}));
  }
  SECTION("a first snapshot without cells") {
    data.snapshots[0].cells.resize(0, 0);
    REQUIRE_THROWS_MATCHES(validate(data), Error, bad_input({"\"day2\" (time 2) has no cells"}));
  }
  SECTION("no dimensions") {
    for (Snapshot& each : data.snapshots) each.cells.resize(4, 0);
    REQUIRE_THROWS_MATCHES(validate(data), Error, bad_input({"0 latent dimensions"}));
  }
  SECTION("dimensions that differ") {
    data.snapshots[1].cells = Matrix<float>::Zero(3, 4);
    REQUIRE_THROWS_MATCHES(
        validate(data), Error,
        bad_input({"\"day3\" (time 3) has 4 latent dimensions", "the first snapshot has 2"}));
  }
  SECTION("values that are not finite") {
    data.snapshots[1].cells(1, 1) = kNan;
    data.snapshots[1].cells(2, 0) = -kInfinity;
    REQUIRE_THROWS_MATCHES(
        validate(data), Error,
        bad_input({"\"day3\" (time 3)", "2 of 6 values", "the first is nan in cell 1, dimension 1"}));
    data.snapshots[1].cells(1, 1) = 0;
    REQUIRE_THROWS_MATCHES(validate(data), Error,
                           bad_input({"1 of 6 values", "the first is -inf in cell 2, dimension 0"}));
  }
}

TEST_CASE("first_dims keeps the leading dimensions of cells and loadings", "[time_course]") {
  const TimeCourse data = three_times();
  const TimeCourse one = first_dims(data, 1);
  CHECK(one.dims() == 1);
  CHECK(one.snapshots[1].cells == data.snapshots[1].cells.leftCols(1));
  CHECK(one.gene_space.loadings == data.gene_space.loadings.leftCols(1));
  CHECK(one.gene_space.genes == data.gene_space.genes);
  CHECK(first_dims(data, 2).snapshots[0].cells == data.snapshots[0].cells);

  REQUIRE_THROWS_MATCHES(first_dims(data, 3), Error, bad_input({"3 latent dimensions", "the data have 2"}));
  REQUIRE_THROWS_MATCHES(first_dims(data, 0), Error, bad_input({"0 latent dimensions"}));

  TimeCourse without_genes = data;
  without_genes.gene_space = {};
  CHECK(first_dims(without_genes, 1).gene_space.loadings.size() == 0);
}

TEST_CASE("a mirrored course has the same range of times and goes back", "[time_course]") {
  const TimeCourse data = three_times();  // 2, 3, 7
  const TimeCourse mirror = mirrored(data);
  REQUIRE(mirror.snapshots.size() == 3);
  CHECK(mirror.snapshots[0].time == 2);
  CHECK(mirror.snapshots[1].time == 6);
  CHECK(mirror.snapshots[2].time == 7);
  for (std::size_t k = 0; k < 3; ++k) CHECK(mirror.snapshots[k].cells == data.snapshots[2 - k].cells);
  CHECK(mirror.gene_space.genes == data.gene_space.genes);
  CHECK(fingerprint(mirrored(mirror)) == fingerprint(data));
  CHECK(mirrored(TimeCourse{}).snapshots.empty());
}

TEST_CASE("Whitening pools all cells and leaves constant dimensions unscaled", "[time_course]") {
  const TimeCourse data = three_times();
  const LatentSpace latent = whitening_of(data);
  // 1, 3, 5, 0, 2, -5: mean 1, squared deviations 0 + 4 + 16 + 1 + 1 + 36 over 6 cells.
  CHECK_THAT(latent.mean(0), WithinAbs(1.0, 1e-12));
  CHECK_THAT(latent.std(0), WithinAbs(std::sqrt(58.0 / 6.0), 1e-12));
  CHECK_THAT(latent.mean(1), WithinAbs(0.1, 1e-7));
  CHECK(latent.std(1) == 1.0);

  const Matrix<float> white = latent.whiten(data.snapshots[1].cells);
  CHECK_THAT(white(0, 0), WithinAbs(4.0 / std::sqrt(58.0 / 6.0), 1e-6));
  CHECK_THAT(white(0, 1), WithinAbs(0.0, 1e-6));
  CHECK((latent.unwhiten(white) - data.snapshots[1].cells).cwiseAbs().maxCoeff() < 1e-6F);
}

TEST_CASE("Model time counts units from the origin", "[time_course]") {
  const TimeScale scale{2, 2.5};
  CHECK(scale.to_model(2) == 0);
  CHECK(scale.to_model(7) == 2);
}

TEST_CASE("hold_out takes an inner snapshot away", "[time_course]") {
  const TimeCourse data = three_times();
  const HoldOut split = hold_out(data, 1);
  CHECK(split.index == 1);
  CHECK(split.held_out.label == "day3");
  CHECK(split.held_out.cells == data.snapshots[1].cells);
  REQUIRE(split.training.snapshots.size() == 2);
  CHECK(split.training.snapshots[0].label == "day2");
  CHECK(split.training.snapshots[1].label == "7");
  CHECK(split.training.gene_space.genes == data.gene_space.genes);

  REQUIRE_THROWS_MATCHES(hold_out(data, 0), Error, bad_input({"the first snapshot", "at time 3"}));
  REQUIRE_THROWS_MATCHES(hold_out(data, 2), Error, bad_input({"the last snapshot", "at time 3"}));
  REQUIRE_THROWS_MATCHES(hold_out(data, 3), Error, bad_input({"snapshot number 3"}));
  REQUIRE_THROWS_MATCHES(hold_out(data, -1), Error, bad_input({"snapshot number -1"}));
  REQUIRE_THROWS_MATCHES(hold_out(split.training, 1), Error,
                         bad_input({"got 2 snapshots", "at least three"}));
}

TEST_CASE("snapshot_at finds a time or lists those that exist", "[time_course]") {
  const TimeCourse data = three_times();
  CHECK(snapshot_at(data, 2) == 0);
  CHECK(snapshot_at(data, 7) == 2);
  CHECK(snapshot_at(data, 3.000001) == 1);
  CHECK_THROWS_AS(snapshot_at(data, 3.00001), Error);
  REQUIRE_THROWS_MATCHES(snapshot_at(data, 2.5), Error, bad_input({"time 2.5", "2, 3 and 7"}));
}

TEST_CASE("The fingerprint sees times, shapes and coordinates only", "[time_course]") {
  const TimeCourse data = three_times();
  const std::uint64_t expected = fingerprint(data);

  TimeCourse changed = data;
  SECTION("labels and genes do not matter") {
    changed.snapshots[0].label = "other";
    changed.gene_space = {};
    changed.snapshots[0].expression = Matrix<float>::Ones(2, 3);
    CHECK(fingerprint(changed) == expected);
  }
  SECTION("a time") {
    changed.snapshots[2].time = 8;
    CHECK(fingerprint(changed) != expected);
  }
  SECTION("one coordinate by one bit") {
    float& value = changed.snapshots[2].cells(0, 1);
    value = std::nextafter(value, 1.0F);
    CHECK(fingerprint(changed) != expected);
  }
  SECTION("the shape of the same values") {
    Matrix<float>& cells = changed.snapshots[0].cells;
    cells = Matrix<float>(cells.reshaped<Eigen::RowMajor>(1, 4));
    CHECK(fingerprint(changed) != expected);
  }
}

TEST_CASE("The fingerprint is FNV-1a over little-endian bytes", "[time_course]") {
  TimeCourse data;
  data.snapshots.push_back(snapshot(1.5, "", Matrix<float>{{0.25F}}));
  // Computed with an independent implementation over struct.pack('<dQQf', 1.5, 1, 1, 0.25).
  CHECK(fingerprint(data) == 0x3D94DA16B37B4CBAU);
}
