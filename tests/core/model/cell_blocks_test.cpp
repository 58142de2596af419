#include "cellmnn/cell_blocks.hpp"

#include <algorithm>
#include <numeric>

#include "catch.hpp"
#include "cellmnn/cell_summary.hpp"
#include "cellmnn/model.hpp"
#include "cellmnn/rng.hpp"
#include "gradient_check.hpp"
#include "model/encoder.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

namespace {

constexpr Index kDims = 3;

CellMnn uneven_model() {
  CellMnn model;
  model.config.dims = kDims;
  model.config.width = 8;
  model.config.depth = 2;
  model.latent.mean = Vector<double>::Zero(kDims);
  model.latent.std = Vector<double>::Ones(kDims);
  model.training_times = {0, 1, 2};
  const Encoder<float> encoder(encoder_shape(model.config));
  model.parameters = random_matrix(encoder.parameter_count(), 1, 1, 0.3).cast<float>();
  return model;
}

/// Most cells are of time 0, some of time 1, very few of time 2.
CellBlock mixed_cells(Index count) {
  CellBlock all{std::vector<Index>(static_cast<std::size_t>(count)),
                random_matrix(count, kDims, 3).cast<float>(), Vector<double>(count)};
  std::iota(all.rows.begin(), all.rows.end(), Index{0});
  Rng rng(4);
  for (Index i = 0; i < count; ++i) {
    const double draw = rng.uniform();
    all.times(i) = draw < 0.9 ? 0 : draw < 0.99 ? 1 : 2;
  }
  return all;
}

std::map<double, Index> counts_of(const CellBlock& cells) {
  std::map<double, Index> counts;
  for (const double time : cells.times) ++counts[time];
  return counts;
}

Matrix<float> moved(const CellMnn& model, const CellBlock& cells) {
  SerialExecutor executor;
  return model.predict_at(cells.positions, cells.times, 1.5, executor);
}

}  // namespace

TEST_CASE("blocks with companions have the bits of all cells at once", "[cell blocks]") {
  const CellMnn model = uneven_model();
  const CellBlock all = mixed_cells(2000);
  const Matrix<float> whole = moved(model, all);
  const Index block_rows = GENERATE(7, 48, 500, 2000);
  const RowRange rows = GENERATE(RowRange{0, 2000}, RowRange{333, 1444});
  Companions companions(counts_of(all), rows, block_rows);
  for (Index begin = 0; begin < 2000; begin += 300)
    companions.look_at(cells_in(all, {begin, std::min<Index>(begin + 300, 2000)}));
  Index alone_is_other = 0;
  for (Index begin = rows.begin; begin < rows.end; begin += block_rows) {
    const CellBlock block = cells_in(all, {begin, std::min(begin + block_rows, rows.end)});
    const CellBlock together = companions.with_companions(block);
    CHECK(std::is_sorted(together.rows.begin(), together.rows.end()));
    const Matrix<float> found = moved(model, together), alone = moved(model, block);
    for (Index i = 0; i < together.cells(); ++i) {
      const Index row = together.rows[static_cast<std::size_t>(i)];
      if (row < block.rows.front() || row > block.rows.back()) continue;
      CHECK(found.row(i) == whole.row(row));
      alone_is_other += alone.row(row - block.rows.front()) != whole.row(row) ? 1 : 0;
    }
  }
  if (block_rows == 7) CHECK(alone_is_other > 0);
}

TEST_CASE("few companions are kept", "[cell blocks]") {
  const CellBlock all = mixed_cells(5000);
  Companions companions(counts_of(all), {0, 5000}, 1000);
  companions.look_at(all);
  for (Index begin = 0; begin < 5000; begin += 1000) {
    const CellBlock block = cells_in(all, {begin, begin + 1000});
    CHECK(companions.with_companions(block).cells() <= block.cells() + 2 * 3 * 48);
  }
}

TEST_CASE("cells of a block are chosen by row and by time", "[cell blocks]") {
  const CellBlock all = mixed_cells(100);
  const CellBlock some = cells_at(cells_in(all, {10, 60}), 1);
  CHECK(some.cells() == std::count(all.times.begin() + 10, all.times.begin() + 60, 1.0));
  CHECK(some.cells() > 0);
  for (Index i = 0; i < some.cells(); ++i)
    CHECK(some.positions.row(i) == all.positions.row(some.rows[static_cast<std::size_t>(i)]));
}

TEST_CASE("a summary has the same bits whatever the blocks", "[cell blocks]") {
  const CellBlock all = mixed_cells(1000);
  const LatentSpace latent = uneven_model().latent;
  CellSummary whole(latent), parts(latent);
  whole.add(all.positions, all.times);
  for (Index begin = 0; begin < 1000; begin += 77) {
    const CellBlock block = cells_in(all, {begin, std::min<Index>(begin + 77, 1000)});
    parts.add(block.positions, block.times);
  }
  CHECK(parts.cells() == 1000);
  CHECK(parts.low() == all.positions.colwise().minCoeff().transpose());
  CHECK(parts.high() == whole.high());
  CHECK(parts.at_times().at(1).sum == whole.at_times().at(1).sum);
  CHECK(parts.at_times().at(1).cells == counts_of(all).at(1));
  CHECK_FALSE(parts.look_like_counts());
}
