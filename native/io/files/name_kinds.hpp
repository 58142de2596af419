/// What names give away: genes, cells, or neither.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cellmnn {

/// Identifiers (ENSG..., FBgn..., AT1G...), and symbols of well known families and genes (RPL13, Gata4,
/// ACTB).
bool looks_like_gene(std::string_view name);

/// Barcodes (AAACCTGAGAAACCAT-1), "cell12", accessions of runs and samples (SRR..., GSM...).
bool looks_like_cell(std::string_view name);

/// The share of the names that look so, and the first of them.
struct NameShare {
  double share = 0;
  std::string example;
};
NameShare share_of(const std::vector<std::string>& names, bool (*looks_so)(std::string_view));

enum class Orientation {
  unknown,
  likely_cells_in_rows,
  cells_in_rows,
  likely_genes_in_rows,
  genes_in_rows,
};

struct OrientationGuess {
  Orientation orientation = Orientation::unknown;
  std::string reason;  ///< "the rows have names such as 'ENSG...'"
};

OrientationGuess orientation_of(const std::vector<std::string>& rows,
                                const std::vector<std::string>& columns);

}  // namespace cellmnn
