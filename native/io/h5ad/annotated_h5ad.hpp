/// A copy of an .h5ad file with results added.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/sparse.hpp"
#include "cellmnn/types.hpp"
#include "native/io/h5ad/column_writer.hpp"
#include "native/io/h5ad/label_column.hpp"
#include "native/io/hdf5/hdf5_output.hpp"
#include "native/io/hdf5/hdf5_rows.hpp"

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

/// The same, some cells at a time.
class AnnotatedFile {
 public:
  AnnotatedFile(const std::string& input, const std::string& path, bool replace);

  /// The next cells. Graphs, texts and lists are those of the first part.
  void add(const Annotation& part);

  /// After the last cell: the file gets its name.
  void finish();

 private:
  struct Entry;
  static std::vector<Entry> entries_of(const Annotation& annotation);
  void begin(const hdf5::Id& file, const std::vector<Entry>& entries);

  std::string input_;
  bool replace_;
  hdf5::NewFile file_;
  Index cells_;
  std::vector<hdf5::Rows> rows_;  // of times, numbers, flags and arrays
  std::vector<ColumnWriter> labels_;
  bool begun_ = false;
};

}  // namespace cellmnn
