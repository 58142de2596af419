#include "native/io/files/name_kinds.hpp"

#include <algorithm>
#include <array>
#include <regex>

#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kNamesAsked = 200;

// Words that begin symbols of gene families and end in numbers and letters: GATA4, Sox2, HOXA13, Hes1,
// RPL13A.
constexpr const char* kFamilies =
    "GATA|SOX|PAX|HOX[ABCD]|RUNX|FOX[A-R]|STAT|KLF|NOTCH|WNT|FGF|FGFR|BMP|CDX|TBX|NKX|OLIG|NEUROD|NEUROG|"
    "ASCL|IRF|HES|HEY|MEF2|CEBP|CBX|DKK|DMRT|EMX|LHX|RSPO|NR[0-9][A-Z]|EGR|ETV|ETS|SMAD|TCF|LEF|SIX|DLX|MSX|"
    "TFAP|KRT|COL[0-9]+A|MMP|IL|CXCL|CXCR|CCL|CCR|TLR|CDK|CDH|ITG[AB]|HNRNP|EIF|EEF|RPL|RPS|MRPL|MRPS|NDUF|"
    "PSM[A-G]|TUB[ABG]|HSP[AB]|SLC|ZNF|ZFP|TMEM|GM|LOC|PRDM|DNMT|TET|HDAC|KDM|CYP|UGT|ABC[A-G]|MYO|MYH|MYL|"
    "TNN|POU[0-9]F|ESR|CCN|JAK|MAPK|AKT|BCL|GFI|IKZF|LMO|TAL|FLI|ZEB|SNAI|TWIST|GLI|PTCH|DPPA|NFE|CD";

constexpr std::array<std::string_view, 57> kSymbols = {
    "ACTB",  "GAPDH", "B2M",   "MALAT1", "NEAT1", "XIST",      "NANOG",  "POU5F1", "MYC",   "MYCN",
    "KLF4",  "TBXT",  "EOMES", "MIXL1",  "GSC",   "SRY",       "AMH",    "CTNNB1", "MYOD1", "MYF5",
    "MYF6",  "MYOG",  "DES",   "VIM",    "NES",   "TUBB3",     "MAP2",   "GFAP",   "AFP",   "ALB",
    "INS",   "GCG",   "SST",   "PDX1",   "PTPRC", "EPCAM",     "PECAM1", "KDR",    "TEK",   "MPO",
    "ELANE", "HBB",   "HBA1",  "EPOR",   "FLT3",  "UGR",       "PCNA",   "MKI67",  "TOP2A", "JUN",
    "FOS",   "REST",  "ZFPM1", "GFI1",   "SPI1",  "BRACHYURY", "TP53"};

bool is_symbol(std::string_view upper) {
  return std::find(kSymbols.begin(), kSymbols.end(), upper) != kSymbols.end();
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

bool is_base(char c) { return c == 'A' || c == 'C' || c == 'G' || c == 'T' || c == 'N'; }

std::string reason(const std::string& what, const NameShare& names, const std::string& kind) {
  return names.example.empty() ? "" : what + " have names of " + kind + ", such as '" + names.example + "'";
}

}  // namespace

bool looks_like_gene(std::string_view name) {
  static const std::regex identifier(
      "ENS[A-Z]*G\\d{6,}(\\.\\d+)?|FBGN\\d{5,}|WBGENE\\d{5,}|AT[1-5MC]G\\d{5}(\\.\\d+)?|Y[A-P][LR]\\d{3}[WC]("
      "-[A-Z])?|"
      "[NX][MR]_\\d{5,}(\\.\\d+)?|\\d{7}[A-Z]\\d{2}RIK|MT-[A-Z0-9]+");
  static const std::regex family("(" + std::string(kFamilies) + ")\\d+[A-Z]{0,3}\\d{0,3}");
  if (name.size() < 2 || name.size() > 40) return false;
  const std::string upper = upper_case(trimmed(name));
  return is_symbol(upper) || std::regex_match(upper, identifier) || std::regex_match(upper, family);
}

bool looks_like_cell(std::string_view name) {
  static const std::regex numbered("CELL[ _.-]?\\d+|[ESD]RR\\d{5,}|GSM\\d{5,}.*");
  std::size_t run = 0;
  bool varied = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!is_base(name[i])) {
      run = 0;
      varied = false;
      continue;
    }
    varied = varied || (run > 0 && name[i] != name[i - 1]);
    if (++run >= 8 && varied) return true;
  }
  return name.size() <= 80 && std::regex_match(upper_case(name), numbered);
}

NameShare share_of(const std::vector<std::string>& names, bool (*looks_so)(std::string_view)) {
  const std::size_t step = std::max<std::size_t>(1, names.size() / kNamesAsked);
  NameShare result;
  std::size_t asked = 0, found = 0;
  for (std::size_t i = 0; i < names.size(); i += step) {
    ++asked;
    if (!looks_so(names[i])) continue;
    if (found++ == 0) result.example = names[i];
  }
  if (asked > 0) result.share = static_cast<double>(found) / static_cast<double>(asked);
  return result;
}

OrientationGuess orientation_of(const std::vector<std::string>& rows,
                                const std::vector<std::string>& columns) {
  constexpr double kSure = 0.5, kLikely = 0.1;
  const NameShare row_genes = share_of(rows, looks_like_gene), row_cells = share_of(rows, looks_like_cell);
  const NameShare column_genes = share_of(columns, looks_like_gene);
  const NameShare column_cells = share_of(columns, looks_like_cell);
  const double genes_in_rows = row_genes.share + column_cells.share;
  const double cells_in_rows = row_cells.share + column_genes.share;
  const double difference = genes_in_rows - cells_in_rows;
  const auto joined = [](const std::string& a, const std::string& b) {
    return a.empty() || b.empty() ? a + b : a + " and " + b;
  };
  if (difference > kLikely) {
    return {difference >= kSure ? Orientation::genes_in_rows : Orientation::likely_genes_in_rows,
            joined(reason("the rows", row_genes, "genes"), reason("the columns", column_cells, "cells"))};
  }
  if (difference < -kLikely) {
    return {difference <= -kSure ? Orientation::cells_in_rows : Orientation::likely_cells_in_rows,
            joined(reason("the rows", row_cells, "cells"), reason("the columns", column_genes, "genes"))};
  }
  return {};
}

}  // namespace cellmnn
