/// A copy of an .h5ad file with results added.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/sparse.hpp"
#include "cellmnn/types.hpp"
#include "native/io/h5ad/label_column.hpp"

namespace cellmnn {

/// What is added. Rows are the cells in the order of the file.
struct Annotation {
  std::vector<std::pair<std::string, Vector<double>>> times;            ///< obs
  std::vector<std::pair<std::string, Vector<float>>> numbers;           ///< obs
  std::vector<std::pair<std::string, std::vector<bool>>> flags;         ///< obs
  std::vector<std::pair<std::string, LabelColumn>> labels;              ///< obs
  std::vector<std::pair<std::string, Matrix<float>>> arrays;            ///< obsm
  std::vector<std::pair<std::string, SparseMatrix>> graphs;             ///< obsp
  std::vector<std::pair<std::string, std::string>> texts;               ///< uns/cellmnn
  std::vector<std::pair<std::string, std::vector<std::string>>> lists;  ///< uns
};

/// Copies `input` byte by byte, adds to the copy and gives it the name `path` when it is whole. Throws
/// bad_input if an entry exists already, unless it is to be replaced, or if obs cannot be added to.
void write_annotated(const std::string& input, const std::string& path, const Annotation& annotation,
                     bool replace);

}  // namespace cellmnn
