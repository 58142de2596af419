#include "native/pictures/pictures.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "catch.hpp"

using namespace cellmnn;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a picture of snapshots has a point a cell, of large data fewer", "[pictures]") {
  SnapshotsPicture picture{
      {0, 1}, {Matrix<float>::Random(10, 2), Matrix<float>::Random(4'000, 2)}, {}, "x", "y", "d"};
  const std::size_t points = count(drawn(picture).element(), "r='1.8'");
  CHECK(points > 1'000);
  CHECK(points <= 10 + static_cast<std::size_t>(SnapshotsPicture::kMostCells));
}

TEST_CASE("a small picture of snapshots has fewer cells and paths, and no text", "[pictures]") {
  const Matrix<float> cells = Matrix<float>::Random(1'000, 2), path = Matrix<float>::Random(5, 2);
  const SnapshotsPicture picture{{0, 1}, {cells, cells}, std::vector(40, path), "x", "y", "d"};
  const std::string svg = thumbnail(picture).element();
  CHECK(count(svg, "r='1.8'") > 200);
  CHECK(count(svg, "r='1.8'") <= 300);
  CHECK(count(svg, "<polyline") == 10);
  CHECK(count(svg, "<text") == 0);
}

TEST_CASE("bands of an alluvial picture fill the measured shares", "[pictures]") {
  AlluvialPicture picture{{"a", "b"}, {"#000", "#fff"}, {0, 1}, {}, {}};
  picture.shares = {Eigen::Vector2d(1, 0), Eigen::Vector2d(0.25, 0.75)};
  picture.flows = {Matrix<double>::Zero(2, 2)};
  picture.flows[0] << 0.5, 0.5, 0, 0;
  const std::string svg = drawn(picture).element();
  CHECK(count(svg, "<path") == 2);
  CHECK(svg.find("NaN") == std::string::npos);
  CHECK(svg.find("nan") == std::string::npos);
  CHECK(count(svg, "height='340'") == 1);
  CHECK(count(svg, "height='255'") == 1);
}

TEST_CASE("scores are in order, the lowest first, and what is missing is left out", "[pictures]") {
  const std::string svg =
      drawn(ScoresPicture{"W1", {"next", "cellmnn", "none"}, {{2, 4}, {1}, {}}}).element();
  CHECK(svg.find("cellmnn<") < svg.find("next<"));
  CHECK(count(svg, "r='2.6'") == 3);
}

TEST_CASE("repression and activation differ without colours", "[pictures]") {
  const std::string svg = drawn(NetworkPicture{"g", {{"s", -1, 0.5}}, {{"t", 0.5, NAN}}}).element();
  CHECK(count(svg, "stroke-dasharray='6 3'") == 1);
  CHECK(count(svg, "<polygon") == 1);
  CHECK(svg.find("s  0.50") != std::string::npos);
  CHECK(drawn(NetworkPicture{"g", {}, {}}).element().find("nan") == std::string::npos);
}

TEST_CASE("pictures of nothing that varies have no broken numbers", "[pictures]") {
  TrendsPicture trends{{"f"}, {"#000"}, {0, 1}, {"g"}, {{{{2, 2}, {2, 2}, {2, 2}}}}, {{2, NAN}}};
  FatesPicture fates{{"f", "g"}, {"#000", "#111"},     {0}, {Eigen::Vector2d(1, 0)},
                     {"given"},  Eigen::Vector2d(1, 0)};
  ScreenPicture screen{"change", {"g"}, {"f"}, Matrix<double>::Constant(1, 1, NAN), {{false}}};
  for (const std::string& svg : {drawn(trends).element(), drawn(fates).element(), drawn(screen).element(),
                                 drawn(LossPicture{{1, 2}, {3, 3}}).element()}) {
    CHECK(svg.find("nan") == std::string::npos);
    CHECK(svg.find("inf") == std::string::npos);
    CHECK(svg.find("='-'") == std::string::npos);
  }
}

TEST_CASE("perfect probabilities lie on the diagonal", "[pictures]") {
  CalibrationPicture picture{{"f"}, {"#000"}, Matrix<double>(100, 1), {}};
  for (Index i = 0; i < 100; ++i) picture.probabilities(i, 0) = static_cast<double>(i) / 99;
  picture.truth = picture.probabilities;
  CHECK(count(drawn(picture).element(), "<circle") == 10);
}
