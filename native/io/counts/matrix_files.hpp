/// Which files of a folder belong to a matrix: those of Cell Ranger, STARsolo, GEO (with a prefix such as
/// GSM123_S1_), kb-python and alevin.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cellmnn {

struct MatrixFiles {
  std::string matrix, genes, cells;  ///< names of files; `genes` and `cells` are empty if not found
  std::string symbols;               ///< a second file of the genes' names, or empty
  bool cells_in_rows = false;        ///< as kb-python and alevin write it; Cell Ranger has genes in rows

  bool complete() const { return !genes.empty() && !cells.empty(); }
};

/// The files of each matrix (.mtx, .mtx.gz) among `names`, in the order of the alphabet.
std::vector<MatrixFiles> matrix_files(std::vector<std::string> names);

}  // namespace cellmnn
