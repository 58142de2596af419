#include "native/io/time_courses/cell_sample.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"

using namespace cellmnn;

namespace {

/// Cells of two times in turn, two of time 0 and one of time 1, whose coordinate is their row.
std::unique_ptr<CellSource> small_source(Index cells) {
  DataFile file;
  file.data.snapshots = {{0, "0", {}, {}}, {1, "1", {}, {}}};
  file.rows.resize(2);
  for (Index row = 0; row < cells; ++row) file.rows[row % 3 == 2 ? 1 : 0].push_back(row);
  for (std::size_t k = 0; k < 2; ++k) {
    Matrix<float>& positions = file.data.snapshots[k].cells;
    positions.resize(std::ssize(file.rows[k]), 1);
    for (Index i = 0; i < positions.rows(); ++i)
      positions(i, 0) = static_cast<float>(file.rows[k][static_cast<std::size_t>(i)]);
    file.times.push_back({k == 0 ? "0" : "1", static_cast<double>(k), positions.rows()});
  }
  return loaded_cells(std::move(file));
}

}  // namespace

TEST_CASE("a sample has the share of each time, and its rows", "[sample]") {
  const DataFile sample = read_sample(*small_source(300), 31, 7);
  REQUIRE(sample.data.snapshots.size() == 2);
  CHECK(sample.data.snapshots[0].cells.rows() == 21);
  CHECK(sample.data.snapshots[1].cells.rows() == 10);
  CHECK(sample.sample->of == 300);
  for (std::size_t k = 0; k < 2; ++k) {
    for (std::size_t i = 0; i < sample.rows[k].size(); ++i) {
      CHECK(sample.data.snapshots[k].cells(static_cast<Index>(i), 0) ==
            static_cast<float>(sample.rows[k][i]));
      CHECK((i == 0 || sample.rows[k][i] > sample.rows[k][i - 1]));
    }
  }
  CHECK(read_sample(*small_source(300), 31, 7).rows == sample.rows);
  CHECK(read_sample(*small_source(300), 31, 8).rows != sample.rows);
  CHECK_FALSE(read_sample(*small_source(300), 300, 7).sample.has_value());
  CHECK_THROWS_MATCHES(read_sample(*small_source(300), 3, 7), Error,
                       error_with(ErrorCode::usage, {"--max-cells is 3", "2 times"}));
}

TEST_CASE("every cell is as likely to be drawn", "[sample]") {
  constexpr int kDraws = 2000;
  std::vector<int> drawn(30, 0);
  for (int seed = 0; seed < kDraws; ++seed) {
    const DataFile sample = read_sample(*small_source(30), 9, static_cast<std::uint64_t>(seed));
    for (const std::vector<Index>& rows : sample.rows) {
      for (const Index row : rows) ++drawn[static_cast<std::size_t>(row)];
    }
  }
  const double sd = std::sqrt(kDraws * 0.3 * 0.7);
  for (const int times : drawn) CHECK(std::abs(times - 0.3 * kDraws) < 4.5 * sd);
}
