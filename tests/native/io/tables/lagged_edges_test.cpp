#include "native/io/tables/lagged_edges.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "native/io/files/input_file.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Genes A, B and C of which A and B act on B and C.
LaggedEdges small_network() {
  LaggedEdges edges;
  edges.genes = {"A", "B", "C, or D"};
  edges.network.regulators = {0, 1};
  edges.network.targets = {1, 2};
  edges.network.effects.resize(2, 2);
  edges.network.effects << 2, -1,  //
      9, 1;
  edges.scores.resize(2, 2);
  edges.scores << 1.5, -0.5,  //
      0, 0.5;
  const Matrix<double> none = Matrix<double>::Constant(2, 2, kNone);
  edges.evidence = {.same_sign = none,
                    .p = none,
                    .regulator_p = Vector<double>::Constant(2, kNone),
                    .correlation = Matrix<double>::Constant(2, 2, 0.25),
                    .within = none,
                    .confidence = none};
  edges.evidence.within(0, 1) = -0.5;
  edges.lag = 3;
  return edges;
}

}  // namespace

TEST_CASE("edges are ranked by the size of their score, ties in the order of genes", "[lagged_edges]") {
  const LaggedEdges edges = small_network();
  using Places = std::vector<std::pair<Index, Index>>;
  CHECK(ranked_edges(edges.network, edges.scores, 10) ==
        Places{{0, 0}, {0, 1}, {1, 1}});  // B on itself is none
  CHECK(ranked_edges(edges.network, edges.scores, 2) == Places{{0, 0}, {0, 1}});
}

TEST_CASE("a table has the columns that have values", "[lagged_edges]") {
  LaggedEdges edges = small_network();
  edges.ranked = ranked_edges(edges.network, edges.scores, 10);
  const TempFolder folder;
  write_lagged_edges(folder.file("e.csv"), "csv", edges);
  CHECK(read_file(folder.file("e.csv")) ==
        "source,target,effect,score,lag,correlation,correlation_within,agreement,rank\n"
        "A,B,2,1.5,3,0.25,,,1\n"
        "A,\"C, or D\",-1,-0.5,3,0.25,-0.5,1,2\n"
        "B,\"C, or D\",1,0.5,3,0.25,,,3\n");
  write_lagged_edges(folder.file("e.tsv"), "decoupler", edges);
  CHECK(read_file(folder.file("e.tsv")) ==
        "source,target,weight\nA,B,1.5\nA,\"C, or D\",-0.5\nB,\"C, or D\",0.5\n");
}
