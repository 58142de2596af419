/// Cells of knock-outs in files of their own, beside those of the wild type.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/gene_course.hpp"
#include "native/io/counts/counts_file.hpp"

namespace cellmnn {

/// A --ko of the command line.
struct KoFile {
  std::string genes;  ///< one, or several joined by '+'
  std::string path;
};

/// Throws usage for what is not GENE=FILE.
KoFile parse_ko_file(const std::string& text);

/// What a file of expression holds, and when its cells were measured.
struct TimedCounts {
  CountsFile counts;
  CellsOverTime cells;
  std::string time_unit;  ///< or empty
  ExpressionScale scale = ExpressionScale::log;
};

/// Adds the cells of `other` under those of `all`, whose columns of obs are dropped. Genes may stand in
/// another order. Throws bad_input where genes, scale, unit or times differ from those of `all`: a knock-out
/// may lack times, and has no other ones.
void add_cells(TimedCounts& all, const TimedCounts& other);

}  // namespace cellmnn
