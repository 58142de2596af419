/// Cells of knock-outs beside those of the wild type: which genes are switched off in which cells.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/gene_course.hpp"
#include "native/io/counts/counts_file.hpp"

namespace cellmnn {

/// The wild type first.
struct KoConditions {
  std::vector<std::string> labels;       ///< as the column has them; empty for the wild type
  std::vector<std::vector<Index>> held;  ///< genes, ascending
  std::vector<CellsOverTime> cells;
  std::vector<std::string> left_out;  ///< labels of knock-outs with cells of one time only
};

/// All cells of `cells` as those of a wild type.
KoConditions wild_type_alone(CellsOverTime cells);

/// Sorts them by labels, which `source` has, such as "--ko". A label is the name of a gene of the file, or of
/// several joined by '+', or stands for the wild type: empty, WT, wild type, control and the like. Throws
/// bad_input where a label is neither, or there is no wild type at two times.
KoConditions ko_conditions(const CountsFile& file, const LabelColumn& labels, const std::string& source,
                           const CellsOverTime& cells);

/// By the obs column `key`. Throws bad_input also where there is none.
KoConditions ko_conditions(const CountsFile& file, const std::string& key, const CellsOverTime& cells);

}  // namespace cellmnn
