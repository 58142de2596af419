#include "native/io/h5ad/gene_names.hpp"

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("identifiers of databases are told from symbols", "[gene names]") {
  CHECK(are_gene_ids({"ENSG00000141510", "ENSMUSG00000059552", "ENSG00000181449.12"}));
  CHECK(are_gene_ids({"FBgn0000490", "FBgn0003900", "lacZ"}));
  CHECK(are_gene_ids({"7157", "6657", "5460"}));
  CHECK_FALSE(are_gene_ids({"TP53", "SOX2", "POU5F1"}));
  CHECK_FALSE(are_gene_ids({"Gene0", "Gene1", "g17"}));
  CHECK_FALSE(are_gene_ids({}));
}

TEST_CASE("the usual column of symbols, whatever its letter case", "[gene names]") {
  CHECK(usual_symbol_column({"n_cells", "Gene_Symbols"}) == "Gene_Symbols");
  CHECK(usual_symbol_column({"gene", "feature_name"}) == "feature_name");
  CHECK_FALSE(usual_symbol_column({"n_cells", "means"}).has_value());
}

TEST_CASE("a symbol that is missing or not the only one leaves the id", "[gene names]") {
  CHECK(names_by_symbol({"TP53", "", "SOX2", "SOX2", "nan"}, {"E1", "E2", "E3", "E4", "E5"}) ==
        std::vector<std::string>{"TP53", "E2", "E3", "E4", "E5"});
}
