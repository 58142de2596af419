#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/table_formats.hpp"

namespace cellmnn {

void write_csv(const std::string& path, const CellTable& table) {
  const Index cells = cell_count(table);
  std::string text;
  const auto add = [&](const std::string& field) {
    if (!text.empty() && text.back() != '\n') text += ',';
    text += field;
  };
  if (!table.names.empty()) add(kNamesColumn);
  for (const auto& [name, column] : table.labels) add(csv_field(name));
  for (const auto& [name, values] : table.columns) add(csv_field(name));
  for (const auto& [name, values] : table.flags) add(csv_field(name));
  for (const auto& [name, values] : table.arrays) {
    for (Index d = 1; d <= values.cols(); ++d) add(csv_field(name + "_" + std::to_string(d)));
  }
  if (table.expression.size() > 0) {
    for (const std::string& gene : table.genes) add(csv_field(gene));
  }
  text += '\n';
  for (Index i = 0; i < cells; ++i) {
    if (!table.names.empty()) add(csv_field(table.names[static_cast<std::size_t>(i)]));
    for (const auto& [name, column] : table.labels) {
      const std::int32_t code = column.codes[static_cast<std::size_t>(i)];
      add(code < 0 ? "" : csv_field(column.labels[static_cast<std::size_t>(code)]));
    }
    for (const auto& [name, values] : table.columns) add(number_text(values(i)));
    for (const auto& [name, values] : table.flags)
      add(values[static_cast<std::size_t>(i)] ? "True" : "False");
    for (const auto& [name, values] : table.arrays) {
      for (const float value : values.row(i)) add(number_text(value));
    }
    if (table.expression.size() > 0) {
      for (const float value : table.expression.row(i)) add(number_text(value));
    }
    text += '\n';
  }
  write_file(path, text);
}

}  // namespace cellmnn
