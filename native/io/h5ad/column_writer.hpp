/// Columns of obs and var, written as anndata does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "native/io/h5ad/label_counts.hpp"
#include "native/io/hdf5/hdf5_rows.hpp"

namespace cellmnn {

/// As numbers, as categories where labels are fewer than rows (anndata's habit), or as texts.
void write_column(const hdf5::Place& place, const LabelColumn& column);

/// The same, some rows at a time.
class ColumnWriter {
 public:
  /// `all`: what is known of all rows, of which there are so many.
  ColumnWriter(const hdf5::Place& place, const LabelCounts& all, Index rows);

  /// The next rows, with labels of the column.
  void add(const LabelColumn& part);

  /// After the last row.
  void finish() { rows_->finish(); }

 private:
  enum class Kind { numbers, categories, texts } kind_;
  std::unordered_map<std::string, std::int32_t> code_of_;
  std::optional<hdf5::Rows> rows_;
};

}  // namespace cellmnn
