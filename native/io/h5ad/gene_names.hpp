/// By which names the genes of a file go: those of its index, or the symbols of a column.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cellmnn {

/// Whether most of these are identifiers of a database (ENSG00000141510, FBgn0000490, 7157) and no symbols.
bool are_gene_ids(const std::vector<std::string>& names);

/// The first column with a usual name of gene symbols, such as "feature_name" or "gene_symbols".
std::optional<std::string> usual_symbol_column(const std::vector<std::string>& columns);

/// The symbol of each gene, or its id where the symbol is missing or stands for more than one gene.
std::vector<std::string> names_by_symbol(const std::vector<std::string>& symbols,
                                         const std::vector<std::string>& ids);

}  // namespace cellmnn
