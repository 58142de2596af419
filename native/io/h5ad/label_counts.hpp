/// The labels of a column without its rows: what is known of a column that is read in blocks.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/types.hpp"
#include "native/io/h5ad/label_column.hpp"

namespace cellmnn {

struct LabelCounts {
  std::vector<std::string> labels;  ///< the distinct values, as text
  std::vector<double> numbers;      ///< the same as numbers, or empty where the column is text
  std::vector<Index> rows;          ///< of each label; a category may have none
  Index missing = 0;                ///< rows without a value
  bool ordered = false;             ///< the order of the labels carries meaning (ordered categorical)

  LabelCounts() = default;
  LabelCounts(const LabelColumn& column) { add(column); }  // NOLINT(google-explicit-constructor)

  /// The next rows of the column. The labels become those of label_column() of all rows.
  void add(const LabelColumn& block);

  Index all_rows() const;
};

}  // namespace cellmnn
