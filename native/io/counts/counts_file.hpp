/// Reads expression, usually counts, of cells x genes: .h5ad, .h5mu, .npz, csv, the .h5 of 10x Genomics, or
/// the Matrix Market files of 10x Genomics, GEO, kb-python and alevin.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/row_blocks.hpp"
#include "native/io/h5ad/label_column.hpp"

namespace cellmnn {

struct CountsOptions {
  std::string layer;       ///< of an .h5ad file, "raw" for raw/X; X if empty
  std::string modality;    ///< of an .h5mu file; its only one if empty
  std::string obs;         ///< a csv of columns for the cells, by their names in its first column
  bool transpose = false;  ///< the rows are genes and the columns cells
  bool quiet = false;      ///< no progress
};

/// What a file says beside its values. Names are made unique as anndata does: "A", "A-1", ...
struct CountsTable {
  std::string path, format;  ///< "h5ad", "h5mu", "10x", "10x h5", "csv", "npz"
  std::string matrix;        ///< what was read of an .h5ad: "X", "layers/counts", "raw/X"
  std::vector<std::string> cells, genes;
  FrameColumns obs, var;              ///< columns of the cells and of the genes
  std::vector<std::string> layers;    ///< other matrices that the file has, as --layer names them
  std::vector<std::string> warnings;  ///< sentences
};

/// With the values in blocks of cells, read when they are asked for: those of an .h5ad by rows, dense or csr,
/// and of an .h5 of 10x. Those of other files are in memory.
struct CountsBlocks : CountsTable {
  SharedBlocks values;  ///< (N, G)
};

struct CountsFile : CountsTable {
  SparseMatrix values;  ///< (N, G)
};

/// Throws bad_input with one sentence for anything that cannot be used.
CountsBlocks open_counts(const std::string& path, const CountsOptions& options);

/// Throws bad_input for the first value that is not finite, of cells from `first_cell` on.
void check_finite(const CountsTable& table, const SparseMatrix& values, Index first_cell);

/// The same with all values in memory, which are finite.
CountsFile read_counts(const std::string& path, const CountsOptions& options);

/// Keeps the names and the columns of tables of the cells and genes with a flag.
void keep(CountsTable& table, const std::vector<bool>& cells, const std::vector<bool>& genes);

/// The same, and their values.
void keep(CountsFile& file, const std::vector<bool>& cells, const std::vector<bool>& genes);

}  // namespace cellmnn
