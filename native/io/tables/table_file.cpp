#include "native/io/tables/table_file.hpp"

#include <optional>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/io/numpy/npy.hpp"
#include "native/io/tables/table_formats.hpp"

namespace cellmnn {

std::unique_ptr<TableWriter> table_writer(const std::string& path, TableShape shape) {
  const std::string name = lower_case(path);
  if (name.ends_with(".h5ad")) return h5ad_writer(path, std::move(shape));
  if (name.ends_with(".npz")) return npz_writer(path, std::move(shape));
  check_ending("the output", path, kTableEndings);
  return csv_writer(path, shape);
}

void write_table(const std::string& path, const CellTable& table) {
  TableShape shape{cell_count(table), longest_text(table.names), {}};
  for (const auto& [name, column] : table.labels) shape.labels.emplace(name, column);
  const std::unique_ptr<TableWriter> writer = table_writer(path, std::move(shape));
  writer->add(table);
  writer->finish();
}

Index cell_count(const CellTable& table) {
  std::optional<Index> cells;
  const auto expect = [&](Index rows, const std::string& part) {
    if (cells && rows != *cells) {
      throw Error(ErrorCode::bad_input, "the table's " + part + " has " + std::to_string(rows) +
                                            " rows, expected " + std::to_string(*cells));
    }
    cells = rows;
  };
  if (!table.names.empty()) expect(static_cast<Index>(table.names.size()), "list of names");
  for (const auto& [name, values] : table.columns) expect(values.size(), "column '" + name + "'");
  for (const auto& [name, values] : table.flags) {
    expect(static_cast<Index>(values.size()), "column '" + name + "'");
  }
  for (const auto& [name, column] : table.labels) {
    expect(static_cast<Index>(column.codes.size()), "column '" + name + "'");
  }
  for (const auto& [name, values] : table.arrays) expect(values.rows(), "array '" + name + "'");
  if (table.expression.size() > 0) expect(table.expression.rows(), "expression");
  return cells.value_or(0);
}

}  // namespace cellmnn
