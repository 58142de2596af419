/// Data files of which few cells are in memory at once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cellmnn/cell_blocks.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// A data file that is understood, and its cells from the first row to the last.
class CellSource {
 public:
  virtual ~CellSource() = default;

  /// How it was understood: a DataFile whose snapshots have no cells, without rows and names.
  const DataFile& file() const { return file_; }
  Index cells() const { return cell_count(file_); }
  Index dims() const { return file_.data.dims(); }

  /// The next cells, at most `count`; none after the last one.
  CellBlock next(Index count);

  /// The names of the next `count` cells, which are counted apart from next(); empty if the file has none.
  virtual std::vector<std::string> names(Index count) = 0;

  /// To the first row.
  void rewind();

  /// All cells.
  virtual DataFile read_all();

 protected:
  CellSource() = default;

  /// The times and positions (count, dims) of the next rows, and what goes back to the first.
  virtual Vector<double> next_times(Index count) = 0;
  virtual Matrix<float> next_positions(Index count) = 0;
  virtual void restart() = 0;

  void set_dims(Index dims);

  DataFile file_;

 private:
  Index row_ = 0;
};

/// Blocks of about this many values are read and written at once.
inline constexpr Index kValuesAtOnce = Index{1} << 22;

/// An .npz and the dense matrix of an .h5ad stay in their file; other data are read whole. Throws bad_input
/// with one sentence for anything that cannot be used, but does not look at the cells.
std::unique_ptr<CellSource> open_cells(const std::string& path, const DataOptions& options);

/// Cells that are in memory, which `file` has to stay.
std::unique_ptr<CellSource> loaded_cells(DataFile file);

}  // namespace cellmnn
