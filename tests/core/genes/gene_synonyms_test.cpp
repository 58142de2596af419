#include "genes/gene_synonyms.hpp"

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("common names have official symbols, however they are written", "[genes]") {
  CHECK(official_symbol("OCT4") == "POU5F1");
  CHECK(official_symbol("Oct-3/4") == "POU5F1");
  CHECK(official_symbol("c-Myc") == "MYC");
  CHECK(official_symbol("POU5F1").empty());
  CHECK(official_symbol("").empty());
}
