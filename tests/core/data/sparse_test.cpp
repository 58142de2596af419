#include "cellmnn/sparse.hpp"

#include <utility>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "sparse_data.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

TEST_CASE("Entries may come in any order, and zeros are no entries", "[sparse]") {
  const SparseMatrix matrix = sparse_matrix(3, 4, [](const auto& visit) {
    visit(2, 3, 6.0F);
    visit(0, 2, 2.0F);
    visit(2, 0, 4.0F);
    visit(0, 1, 1.0F);
    visit(1, 1, 0.0F);
    visit(2, 1, 5.0F);
  });
  CHECK(matrix.starts == std::vector<Index>{0, 2, 2, 5});
  CHECK(matrix.indices == std::vector<std::int32_t>{1, 2, 0, 1, 3});
  CHECK(matrix.values == std::vector<float>{1, 2, 4, 5, 6});
}

TEST_CASE("Two values at one place are refused", "[sparse]") {
  const auto pass = [](const auto& visit) {
    visit(1, 2, 1.0F);
    visit(1, 0, 1.0F);
    visit(1, 2, 3.0F);
  };
  REQUIRE_THROWS_MATCHES(sparse_matrix(2, 3, pass), Error,
                         error_with(ErrorCode::bad_input, {"row 2", "two values in column 3"}));
}

TEST_CASE("Rows and columns are removed in place", "[sparse]") {
  const Matrix<float> all{{1, 0, 2, 3}, {0, 4, 0, 5}, {0, 0, 6, 0}, {7, 8, 9, 10}};
  SparseMatrix matrix = sparse(all);
  keep(matrix, {true, false, true, true}, {false, true, true, false});
  CHECK(dense(matrix) == Matrix<float>{{0, 2}, {0, 6}, {8, 9}});
  CHECK(matrix.starts == std::vector<Index>{0, 1, 2, 4});
  CHECK(dense(columns_of(sparse(all), {true, false, false, true})) ==
        Matrix<float>{{1, 3}, {0, 5}, {0, 0}, {7, 10}});

  keep(matrix, {false, false, false}, {true, true});
  CHECK(matrix.rows == 0);
  CHECK(matrix.entries() == 0);
}

TEST_CASE("Blocks cover all cells once, also of no cells", "[sparse]") {
  SerialExecutor executor;
  for (const Index cells : {0, 1, 127, 1000, 100000}) {
    std::vector<std::pair<Index, Index>> blocks;
    for_cell_blocks(cells, executor, [&](Index begin, Index end, Index block) {
      CHECK(block == static_cast<Index>(blocks.size()));
      CHECK(begin == (blocks.empty() ? 0 : blocks.back().second));
      blocks.emplace_back(begin, end);
    });
    CHECK(blocks.back().second == cells);
    CHECK(static_cast<Index>(blocks.size()) <= kCellBlocks);
  }
}
