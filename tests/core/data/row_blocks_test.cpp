#include "cellmnn/row_blocks.hpp"

#include "catch.hpp"
#include "error_matcher.hpp"
#include "sparse_data.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

/// Rows 0, 1-2, 3 of a matrix, and how often each block was read.
class CountedBlocks final : public RowBlocks {
 public:
  explicit CountedBlocks(Matrix<float> x) : x_(std::move(x)) {}
  Index columns() const override { return x_.cols(); }
  const std::vector<Index>& starts() const override { return starts_; }
  SparseMatrix read(Index block) override {
    ++reads[static_cast<std::size_t>(block)];
    return sparse(x_.middleRows(first_row(block), first_row(block + 1) - first_row(block)));
  }

  std::vector<int> reads = {0, 0, 0};

 private:
  Matrix<float> x_;
  std::vector<Index> starts_ = {0, 1, 3, 4};
};

const Matrix<float> kValues{{1, 0, 2}, {0, 3, 0}, {4, 5, 6}, {0, 0, 7}};

}  // namespace

TEST_CASE("Blocks hold whole rows, and a row with too many values alone", "[row_blocks]") {
  constexpr Index kMost = kBlockValues;
  CHECK(block_starts({0}) == std::vector<Index>{0});
  CHECK(block_starts({0, 3, kMost, kMost + 1}) == std::vector<Index>{0, 2, 3});
  CHECK(block_starts({0, 1, 2 * kMost, 2 * kMost, 2 * kMost + 1}) == std::vector<Index>{0, 1, 2, 4});
  CHECK(even_starts(5, 2) == std::vector<Index>{0, 2, 4, 5});
  CHECK(even_starts(0, 2) == std::vector<Index>{0});
}

TEST_CASE("All rows come back from blocks", "[row_blocks]") {
  CountedBlocks blocks(kValues);
  CHECK(dense(blocks.take_all()) == kValues);
  CHECK(blocks.rows() == 4);
  const SharedBlocks memory = blocks_of(sparse(kValues));
  CHECK(dense(memory->read(0)) == kValues);
  CHECK(dense(memory->take_all()) == kValues);
  CHECK(blocks_of(sparse(Matrix<float>(0, 3)))->blocks() == 0);
}

TEST_CASE("Blocks are read once as long as there is memory for them", "[row_blocks]") {
  const auto counted = std::make_shared<CountedBlocks>(kValues);
  const Index bytes = 2 * 8 + 1 * 8;  // what the first block takes: two values and a row
  const SharedBlocks some = remembered(counted, bytes);
  for (int pass = 0; pass < 3; ++pass) {
    for (Index block = 0; block < 3; ++block) CHECK(some->read(block).rows == (block == 1 ? 2 : 1));
  }
  CHECK(counted->reads == std::vector<int>{1, 3, 3});
  CHECK(dense(some->read(0)) == kValues.topRows(1));
}

TEST_CASE("Rows, columns and values of blocks change as they are read", "[row_blocks]") {
  const auto source = std::make_shared<CountedBlocks>(kValues);
  const SharedBlocks some = kept(source, {true, false, true, false}, {true, false, true});
  CHECK(some->starts() == std::vector<Index>{0, 1, 2, 2});
  CHECK(some->columns() == 2);
  CHECK(dense(some->take_all()) == Matrix<float>{{1, 2}, {4, 6}});
  const SharedBlocks moved = changed(source, 4, [](SparseMatrix& x) { move_columns(x, {3, -1, 0}, 4); });
  CHECK(dense(moved->take_all()) == Matrix<float>{{2, 0, 0, 1}, {0, 0, 0, 0}, {6, 0, 0, 4}, {7, 0, 0, 0}});
  const SharedBlocks memory =
      kept(blocks_of(sparse(kValues)), {true, false, true, false}, {true, false, true});
  CHECK(memory->in_memory());
  CHECK_FALSE(some->in_memory());
  CHECK(dense(memory->take_all()) == Matrix<float>{{1, 2}, {4, 6}});
  CHECK(flagged_rows(*source, 1, {true, false, true, true}) == std::vector<Index>{1});
}

TEST_CASE("Sources follow one another", "[row_blocks]") {
  const SharedBlocks both =
      one_after_the_other({std::make_shared<CountedBlocks>(kValues), blocks_of(sparse(kValues.topRows(2)))});
  CHECK(both->starts() == std::vector<Index>{0, 1, 3, 4, 6});
  CHECK(dense(both->read(3)) == kValues.topRows(2));
  CHECK(dense(both->take_all()).topRows(4) == kValues);
}

TEST_CASE("Shares depend on the number of rows alone", "[row_blocks]") {
  CHECK(share_starts(0) == std::vector<Index>{0, 0});
  CHECK(share_starts(8191) == std::vector<Index>{0, 8191});
  CHECK(share_starts(8193) == std::vector<Index>{0, 4096, 8193});
  CHECK(share_starts(1'000'000).size() == 33);
}

TEST_CASE("Blocks are cut where shares end, and those that are cut read once", "[row_blocks]") {
  const Matrix<float> x = random_counts(9001, 3);
  const auto part = [&](Index begin, Index end) {
    return blocks_of(sparse(x.middleRows(begin, end - begin)));
  };
  Index reads = 0;
  const SharedBlocks source = one_after_the_other({part(0, 4000), part(4000, 8000), part(8000, 9001)});
  const SharedBlocks cut = in_shares(changed(source, 3, [&](SparseMatrix&) { ++reads; }));
  CHECK(cut->starts() == std::vector<Index>{0, 4000, 4500, 8000, 9001});
  const std::vector<ShareBlocks> shares = shares_of(*cut);
  REQUIRE(shares.size() == 2);
  CHECK(shares[0].end == 2);
  CHECK(shares[1].begin == 2);
  CHECK(shares[1].end == 4);
  CHECK(dense(cut->take_all()) == x);
  reads = 0;
  for (Index block = 0; block < 4; ++block) cut->read(block);
  CHECK(reads == 3);
  for (const Index block : {2, 1, 1, 3, 0, 2}) {
    const Index begin = cut->first_row(block), end = cut->first_row(block + 1);
    CHECK(dense(cut->read(block)) == x.middleRows(begin, end - begin));
  }
  CHECK(in_shares(part(0, 9001))->starts() == std::vector<Index>{0, 4500, 9001});
}

TEST_CASE("Rows are put in order, without zeros and columns that come twice", "[row_blocks]") {
  SparseMatrix x{2, 4, {0, 3, 5}, {3, 0, 1, 2, 2}, {5, 0, 7, 1, 0}};
  CHECK_FALSE(is_tidy(x));
  tidy_rows(x, 0);
  CHECK(is_tidy(x));
  CHECK(x.indices == std::vector<std::int32_t>{1, 3, 2});
  CHECK(x.values == std::vector<float>{7, 5, 1});
  CHECK(x.starts == std::vector<Index>{0, 2, 3});
  CHECK_FALSE(is_tidy({1, 2, {0, 1}, {2}, {1}}));
  CHECK_FALSE(is_tidy({1, 2, {0, 1}, {-1}, {1}}));
  CHECK_FALSE(is_tidy({1, 2, {0, 1}, {0}, {0}}));
  CHECK(is_tidy({3, 2, {0, 0, 1, 1}, {1}, {2}}));
  SparseMatrix twice{2, 4, {0, 1, 3}, {3, 2, 2}, {5, 1, 1}};
  CHECK_THROWS_MATCHES(tidy_rows(twice, 40), Error,
                       error_with(ErrorCode::bad_input, {"row 42 has two values in column 3"}));
}
