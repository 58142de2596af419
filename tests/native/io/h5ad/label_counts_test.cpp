#include "native/io/h5ad/label_counts.hpp"

#include "catch.hpp"

using namespace cellmnn;

namespace {

template <typename Value>
void counts_in_blocks_as_whole(const std::vector<Value>& values) {
  const LabelColumn column = label_column(values);
  for (const std::size_t size : {1U, 2U, 3U, 7U}) {
    LabelCounts counts;
    for (std::size_t begin = 0; begin < values.size(); begin += size) {
      const auto from = values.begin() + static_cast<std::ptrdiff_t>(begin);
      counts.add(label_column(std::vector<Value>(
          from, from + static_cast<std::ptrdiff_t>(std::min(size, values.size() - begin)))));
    }
    CHECK(counts.labels == column.labels);
    CHECK(counts.numbers == column.numbers);
    CHECK(counts.rows == LabelCounts(column).rows);
    CHECK(counts.missing == LabelCounts(column).missing);
    CHECK(counts.all_rows() == std::ssize(values));
  }
}

}  // namespace

TEST_CASE("labels are counted block by block as in the whole column", "[label counts]") {
  counts_in_blocks_as_whole<std::string>({"NA", "b", "a", "b", "c", "", "a", "d"});
  counts_in_blocks_as_whole<double>({std::nan(""), 3, 1, 3, -2, std::nan(""), 0.5, 1});
}

TEST_CASE("categories without rows stay, in their order", "[label counts]") {
  LabelColumn block{{"2", "1", "3"}, {2, 1, 3}, {0, 0, -1}, true};
  LabelCounts counts(block);
  block.codes = {2, 2, 2};
  counts.add(block);
  CHECK(counts.labels == std::vector<std::string>{"2", "1", "3"});
  CHECK(counts.rows == std::vector<Index>{2, 0, 3});
  CHECK(counts.missing == 1);
  CHECK(counts.ordered);
}
