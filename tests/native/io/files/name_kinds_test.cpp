#include "native/io/files/name_kinds.hpp"

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("genes by their names", "[names]") {
  for (const char* name :
       {"ENSG00000141510", "ENSMUSG00000059552.8", "FBgn0003300", "AT1G01010", "YAL001C", "Gata4", "SOX2",
        "Hoxa13", "RPL13A", "mt-Nd1", "ACTB", "0610007P14Rik", "Pou5f1", "NR5A1"}) {
    INFO(name);
    CHECK(looks_like_gene(name));
    CHECK_FALSE(looks_like_cell(name));
  }
  for (const char* name :
       {"PC1", "x1", "col3", "id2", "tp1", "UMAP_1", "cell12", "AAACCTGAGAAACCAT-1", "day", "", "sample_3"}) {
    INFO(name);
    CHECK_FALSE(looks_like_gene(name));
  }
}

TEST_CASE("cells by their names", "[names]") {
  for (const char* name :
       {"AAACCTGAGAAACCAT-1", "S1_TTTGGTCA", "cell_12", "Cell7", "SRR1000001", "GSM1626793_P"}) {
    INFO(name);
    CHECK(looks_like_cell(name));
  }
  for (const char* name : {"CAT", "AAAAAAAAAA", "x1", "ENSG00000141510", ""}) {
    INFO(name);
    CHECK_FALSE(looks_like_cell(name));
  }
}

TEST_CASE("names give away what is in rows", "[names]") {
  const std::vector<std::string> genes = {"ENSG00000141510", "ENSG00000141511", "ENSG00000141512"};
  const std::vector<std::string> barcodes = {"AAACCTGAGAAACCAT-1", "AAACCTGAGAAACCTT-1"};
  const std::vector<std::string> unknown = {"a", "b", "c"};
  const OrientationGuess guess = orientation_of(genes, barcodes);
  CHECK(guess.orientation == Orientation::genes_in_rows);
  CHECK(guess.reason.find("'ENSG00000141510'") != std::string::npos);
  CHECK(guess.reason.find("'AAACCTGAGAAACCAT-1'") != std::string::npos);
  CHECK(orientation_of(genes, unknown).orientation == Orientation::genes_in_rows);
  CHECK(orientation_of(unknown, barcodes).orientation == Orientation::genes_in_rows);
  CHECK(orientation_of(barcodes, genes).orientation == Orientation::cells_in_rows);
  CHECK(orientation_of(unknown, unknown).orientation == Orientation::unknown);
  CHECK(orientation_of({"a", "b", "c", "d", "Sox2"}, unknown).orientation ==
        Orientation::likely_genes_in_rows);
}
