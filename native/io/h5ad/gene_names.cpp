#include "native/io/h5ad/gene_names.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Ensembl's of any species, FlyBase's, WormBase's, or a plain number as NCBI has it.
bool is_gene_id(std::string_view name) {
  name = name.substr(0, name.find('.'));  // the version
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(name.rbegin(), name.rend(), is_digit) - name.rbegin());
  if (digits == 0) return false;
  const std::string_view letters = name.substr(0, name.size() - digits);
  return letters.empty() ||
         (digits >= 6 && (letters.starts_with("ENS") || letters == "FBgn" || letters == "WBGene"));
}

}  // namespace

bool are_gene_ids(const std::vector<std::string>& names) {
  const auto ids = std::count_if(names.begin(), names.end(), is_gene_id);
  return 2 * ids > static_cast<std::ptrdiff_t>(names.size());
}

std::optional<std::string> usual_symbol_column(const std::vector<std::string>& columns) {
  constexpr std::array<std::string_view, 18> usual = {"feature_name",
                                                      "gene_symbols",
                                                      "gene_symbol",
                                                      "gene_names",
                                                      "gene_name",
                                                      "gene_short_name",
                                                      "symbol",
                                                      "symbols",
                                                      "hgnc_symbol",
                                                      "mgi_symbol",
                                                      "external_gene_name",
                                                      "gene",
                                                      "genes",
                                                      "features",
                                                      "feature",
                                                      "name",
                                                      "names",
                                                      "original_gene_symbols"};
  for (const std::string_view name : usual) {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const std::string& column) { return lower_case(column) == name; });
    if (found != columns.end()) return *found;
  }
  return std::nullopt;
}

std::vector<std::string> names_by_symbol(const std::vector<std::string>& symbols,
                                         const std::vector<std::string>& ids) {
  std::unordered_map<std::string_view, int> genes;
  for (const std::string& symbol : symbols) ++genes[symbol];
  std::vector<std::string> names;
  names.reserve(ids.size());
  for (std::size_t g = 0; g < ids.size(); ++g) {
    names.push_back(is_missing(symbols[g]) || genes[symbols[g]] > 1 ? ids[g] : symbols[g]);
  }
  return names;
}

}  // namespace cellmnn
