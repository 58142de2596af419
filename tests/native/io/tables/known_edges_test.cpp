#include "native/io/tables/known_edges.hpp"

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

TEST_CASE("a number is a sign by its own sign; zero and no number are none", "[known-edges]") {
  const TempFolder folder;
  const std::string path = folder.write(
      "edges.tsv", "Gene1\tGene2\tSign\nA\tB\t0.0\nA\tC\t-nan\nA\tD\t0\nA\tE\t0.5\nA\tF\t-2\nA\tG\t-0.0\n");
  std::vector<int> signs;
  for (const KnownEdge& edge : read_known_edges(path)) signs.push_back(edge.sign);
  CHECK(signs == std::vector<int>{0, 0, 0, 1, -1, 0});
}
