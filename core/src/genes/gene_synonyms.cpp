#include "genes/gene_synonyms.hpp"

#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace cellmnn {

std::string official_symbol(const std::string& common_name) {
  using Pair = std::pair<std::string_view, std::string_view>;
  // The common names without dashes, dots and slashes.
  constexpr std::array<Pair, 44> kSymbols = {
      Pair{"OCT4", "POU5F1"}, {"OCT34", "POU5F1"},   {"OCT3", "POU5F1"},     {"BRACHYURY", "TBXT"},
      {"T", "TBXT"},          {"BLIMP1", "PRDM1"},   {"P53", "TP53"},        {"P21", "CDKN1A"},
      {"P27", "CDKN1B"},      {"P16", "CDKN2A"},     {"CMYC", "MYC"},        {"NMYC", "MYCN"},
      {"PU1", "SPI1"},        {"MASH1", "ASCL1"},    {"NGN1", "NEUROG1"},    {"NGN2", "NEUROG2"},
      {"NGN3", "NEUROG3"},    {"HNF3A", "FOXA1"},    {"HNF3B", "FOXA2"},     {"TTF1", "NKX2-1"},
      {"TUJ1", "TUBB3"},      {"SMA", "ACTA2"},      {"ASMA", "ACTA2"},      {"KI67", "MKI67"},
      {"ECADHERIN", "CDH1"},  {"NCADHERIN", "CDH2"}, {"VECADHERIN", "CDH5"}, {"FLK1", "KDR"},
      {"VEGFR2", "KDR"},      {"CD31", "PECAM1"},    {"CD45", "PTPRC"},      {"CD90", "THY1"},
      {"CD117", "KIT"},       {"CKIT", "KIT"},       {"CD326", "EPCAM"},     {"SCA1", "LY6A"},
      {"HER2", "ERBB2"},      {"PD1", "PDCD1"},      {"PDL1", "CD274"},      {"NFKB", "NFKB1"},
      {"SCL", "TAL1"},        {"AML1", "RUNX1"},     {"YAP", "YAP1"},        {"BETACATENIN", "CTNNB1"}};
  std::string folded;
  for (const char letter : common_name) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) continue;
    folded += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  for (const auto& [name, symbol] : kSymbols) {
    if (name == folded) return std::string(symbol);
  }
  return "";
}

}  // namespace cellmnn
