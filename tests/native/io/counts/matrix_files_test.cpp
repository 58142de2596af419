#include "native/io/counts/matrix_files.hpp"

#include "catch.hpp"

using namespace cellmnn;

namespace {

void check(const MatrixFiles& files, const std::string& matrix, const std::string& genes,
           const std::string& cells, bool cells_in_rows) {
  INFO(matrix);
  CHECK(files.matrix == matrix);
  CHECK(files.genes == genes);
  CHECK(files.cells == cells);
  CHECK(files.cells_in_rows == cells_in_rows);
}

}  // namespace

TEST_CASE("the files of each program that writes Matrix Market", "[counts]") {
  check(matrix_files({"matrix.mtx.gz", "features.tsv.gz", "barcodes.tsv.gz", "web_summary.html"}).at(0),
        "matrix.mtx.gz", "features.tsv.gz", "barcodes.tsv.gz", false);
  check(matrix_files({"matrix.mtx", "genes.tsv", "barcodes.tsv"}).at(0), "matrix.mtx", "genes.tsv",
        "barcodes.tsv", false);
  check(matrix_files({"GSM9_S1_matrix.mtx.gz", "GSM9_S1_features.tsv.gz", "GSM9_S1_barcodes.tsv.gz"}).at(0),
        "GSM9_S1_matrix.mtx.gz", "GSM9_S1_features.tsv.gz", "GSM9_S1_barcodes.tsv.gz", false);
  check(matrix_files({"GSM9.genes.tsv", "GSM9.mtx", "GSM9.barcodes.tsv"}).at(0), "GSM9.mtx", "GSM9.genes.tsv",
        "GSM9.barcodes.tsv", false);
  check(matrix_files({"cells_x_genes.mtx", "cells_x_genes.genes.txt", "cells_x_genes.barcodes.txt"}).at(0),
        "cells_x_genes.mtx", "cells_x_genes.genes.txt", "cells_x_genes.barcodes.txt", true);
  check(matrix_files({"quants_mat.mtx", "quants_mat_cols.txt", "quants_mat_rows.txt"}).at(0),
        "quants_mat.mtx", "quants_mat_cols.txt", "quants_mat_rows.txt", true);
  check(matrix_files({"all.mtx", "my_genes.tsv", "the_barcodes_of_all.tsv"}).at(0), "all.mtx", "my_genes.tsv",
        "the_barcodes_of_all.tsv", false);
}

TEST_CASE("each matrix has files of its own", "[counts]") {
  const auto all =
      matrix_files({"a_matrix.mtx", "a_genes.tsv", "a_barcodes.tsv", "b_matrix.mtx", "b_genes.tsv"});
  REQUIRE(all.size() == 2);
  check(all[0], "a_matrix.mtx", "a_genes.tsv", "a_barcodes.tsv", false);
  check(all[1], "b_matrix.mtx", "b_genes.tsv", "", false);
  CHECK_FALSE(all[1].complete());
  CHECK(matrix_files({"counts.csv"}).empty());
}
