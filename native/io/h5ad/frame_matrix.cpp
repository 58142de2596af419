#include "native/io/h5ad/frame_matrix.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

namespace cellmnn {
namespace {

using hdf5::Node;
using hdf5::ValueKind;

/// The values of a column: itself, or those beside a mask.
Node values_of(const Node& column) {
  if (column.find("values") && column.find("mask")) return column.at("values");
  return column;
}

}  // namespace

bool is_frame(const Node& node) {
  return node.is_group() && node.text_attribute("encoding-type").value_or("") == "dataframe";
}

bool is_frame_of_numbers(const Node& node) {
  if (!is_frame(node)) return false;
  const std::vector<std::string> names = node.text_list_attribute("column-order");
  return !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    const std::optional<Node> column = node.find(name);
    return column && values_of(*column).kind() == ValueKind::number;
  });
}

MatrixShape frame_shape(const Node& frame) {
  const std::vector<std::string> names = frame.text_list_attribute("column-order");
  if (names.empty()) throw frame.error("is a dataframe without columns, expected a matrix of numbers");
  MatrixShape shape{-1, static_cast<Index>(names.size())};
  for (const std::string& name : names) {
    const Node values = values_of(frame.at(name));
    if (values.kind() != ValueKind::number || values.shape().size() != 1) {
      throw frame.error("is a dataframe whose column '" + name +
                        "' holds no numbers, expected a matrix of "
                        "numbers: leave that column out");
    }
    const Index rows = values.shape()[0];
    if (shape.rows >= 0 && rows != shape.rows) {
      throw frame.error("has " + std::to_string(rows) + " values in the column '" + name + "', expected " +
                        std::to_string(shape.rows));
    }
    shape.rows = rows;
  }
  return shape;
}

void read_frame(const Node& frame, Index columns, const std::vector<float*>& targets) {
  const std::vector<std::string> names = frame.text_list_attribute("column-order");
  for (Index d = 0; d < columns; ++d) {
    const Node column = frame.at(names[static_cast<std::size_t>(d)]);
    const std::vector<double> values = values_of(column).numbers();
    for (std::size_t i = 0; i < targets.size(); ++i) targets[i][d] = static_cast<float>(values.at(i));
    const auto mask = column.find("mask");
    if (!mask) continue;
    const std::vector<double> missing = mask->numbers();
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (missing.at(i) != 0) targets[i][d] = std::numeric_limits<float>::quiet_NaN();
    }
  }
}

}  // namespace cellmnn
