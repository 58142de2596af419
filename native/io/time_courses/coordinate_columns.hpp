/// Which columns of a table are the coordinates of the cells, and which hold their names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// What is known of a column once the whole table has been read.
struct ColumnFacts {
  std::string name;
  bool is_time = false;
  Index numbers = 0, texts = 0;  ///< fields that are one; the others are blank or missing
  bool counts_rows = false;      ///< it holds 0, 1, 2, ... or 1, 2, 3, ...

  /// Text, and not numbers with a slip in them.
  bool is_text() const { return texts > numbers; }
  bool is_blank() const { return texts == 0 && numbers == 0; }
};

/// Columns NAME1, NAME2, ... or NAME_0, NAME_1, ...
struct NumberedArray {
  std::string name;                  ///< without the separator at its end
  std::vector<std::size_t> columns;  ///< in the order of their numbers, as far as these go on
  std::string after_gap;             ///< a column beyond a missing number, or empty
};

struct ColumnChoice {
  std::optional<std::size_t> names;  ///< of the cells
  std::string array;                 ///< the array that was chosen, or empty: all that could be
  std::vector<std::size_t> coordinates;
  std::vector<std::string> notes;  ///< sentences on what is left out
};

/// All arrays whose numbers begin with 0 or 1, in the order of their first columns.
std::vector<NumberedArray> numbered_arrays(const std::vector<std::string>& header);

/// The array `array`, else the best known one (principal components first), else all columns of numbers
/// but row numbers, clusters, quality measures and pictures such as UMAP. `coordinates` is empty where
/// there are none or no array of that name.
ColumnChoice choose_columns(const std::vector<ColumnFacts>& columns, const std::optional<std::string>& array);

}  // namespace cellmnn
