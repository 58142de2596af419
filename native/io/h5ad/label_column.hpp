/// A column of any type as labels: what every time column comes down to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cellmnn {

struct LabelColumn {
  std::vector<std::string> labels;  ///< the distinct values, as text
  std::vector<double> numbers;      ///< the same as numbers, or empty where the column is text
  std::vector<std::int32_t> codes;  ///< (N) the label of each cell, or -1 where it is missing
  bool ordered = false;             ///< the order of the labels carries meaning (ordered categorical)
};

/// (N) the label of each cell, or "" where it is missing.
std::vector<std::string> texts_of(const LabelColumn& column);

/// (N) the number of each cell, or NaN where it is missing, of a column of numbers.
std::vector<double> numbers_of(const LabelColumn& column);

/// Labels in the order of their first cell; text that stands for no value is missing.
LabelColumn label_column(const std::vector<std::string>& values);

/// The same where it is known which values are missing: every other text is a label, "NA" and "None"
/// included.
LabelColumn label_column(const std::vector<std::string>& values, const std::vector<bool>& missing);

/// The column with labels that stand for no value ("NA", "None") taken as missing, as no time is called so.
LabelColumn without_missing_texts(LabelColumn column);

/// Labels in ascending order; NaN is missing.
LabelColumn label_column(const std::vector<double>& values);

/// Whether any row has a value; blank text is none.
bool has_values(const LabelColumn& column);

/// The column at these rows.
LabelColumn at_rows(const LabelColumn& column, const std::vector<std::ptrdiff_t>& rows);

/// Columns of a frame, by name.
using FrameColumns = std::vector<std::pair<std::string, LabelColumn>>;

/// The column of this name, or null.
const LabelColumn* find_column(const FrameColumns& columns, const std::string& name);

}  // namespace cellmnn
