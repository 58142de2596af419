/// Reads expression, usually counts, of cells x genes: .h5ad, .npz, csv, the .h5 of 10x Genomics, or the
/// Matrix Market files of 10x Genomics, GEO, kb-python and alevin.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cellmnn/sparse.hpp"
#include "native/io/h5ad/label_column.hpp"

namespace cellmnn {

using FrameColumns = std::vector<std::pair<std::string, LabelColumn>>;

struct CountsOptions {
  std::string layer;       ///< of an .h5ad file, "raw" for raw/X; X if empty
  std::string obs;         ///< a csv of columns for the cells, by their names in its first column
  bool transpose = false;  ///< the rows are genes and the columns cells
  bool quiet = false;      ///< no progress
};

/// Names are made unique as anndata does: "A", "A-1", ...
struct CountsFile {
  std::string path, format;  ///< "h5ad", "10x", "10x h5", "csv", "npz"
  std::string matrix;        ///< what was read of an .h5ad: "X", "layers/counts", "raw/X"
  SparseMatrix values;       ///< (N, G)
  std::vector<std::string> cells, genes;
  FrameColumns obs, var;              ///< columns of the cells and of the genes
  std::vector<std::string> layers;    ///< other matrices that the file has, as --layer names them
  std::vector<std::string> warnings;  ///< sentences
};

/// Throws bad_input with one sentence for anything that cannot be used, values that are not finite
/// included.
CountsFile read_counts(const std::string& path, const CountsOptions& options);

/// Rows become columns, with their names and tables.
void transpose(CountsFile& file);

/// Keeps the rows and columns with a flag, names and columns of tables included.
void keep(CountsFile& file, const std::vector<bool>& cells, const std::vector<bool>& genes);

}  // namespace cellmnn
