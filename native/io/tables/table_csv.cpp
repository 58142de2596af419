#include <utility>

#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/table_formats.hpp"

namespace cellmnn {

namespace {

class CsvWriter final : public TableWriter {
 public:
  explicit CsvWriter(const std::string& path) : file_(path) {}

  void add(const CellTable& part) override {
    text_.clear();
    if (!std::exchange(has_header_, true)) add_header(part);
    const Index cells = cell_count(part);
    for (Index i = 0; i < cells; ++i) add_row(part, i);
    file_.write(text_);
  }

  void finish() override { file_.finish(); }

 private:
  void add_header(const CellTable& table);
  void add_row(const CellTable& table, Index i);

  void add_field(const std::string& field) {
    if (!text_.empty() && text_.back() != '\n') text_ += ',';
    text_ += field;
  }

  OutputFile file_;
  std::string text_;
  bool has_header_ = false;
};

void CsvWriter::add_header(const CellTable& table) {
  if (!table.names.empty()) add_field(kNamesColumn);
  for (const auto& [name, column] : table.labels) add_field(csv_field(name));
  for (const auto& [name, values] : table.columns) add_field(csv_field(name));
  for (const auto& [name, values] : table.flags) add_field(csv_field(name));
  for (const auto& [name, values] : table.arrays) {
    for (Index d = 1; d <= values.cols(); ++d) add_field(csv_field(name + "_" + std::to_string(d)));
  }
  if (table.expression.cols() > 0) {
    for (const std::string& gene : table.genes) add_field(csv_field(gene));
  }
  text_ += '\n';
}

void CsvWriter::add_row(const CellTable& table, Index i) {
  const auto row = static_cast<std::size_t>(i);
  if (!table.names.empty()) add_field(csv_field(table.names[row]));
  for (const auto& [name, column] : table.labels) {
    const std::int32_t code = column.codes[row];
    add_field(code < 0 ? "" : csv_field(column.labels[static_cast<std::size_t>(code)]));
  }
  for (const auto& [name, values] : table.columns) add_field(number_text(values(i)));
  for (const auto& [name, values] : table.flags) add_field(values[row] ? "True" : "False");
  for (const auto& [name, values] : table.arrays) {
    for (const float value : values.row(i)) add_field(number_text(value));
  }
  if (table.expression.cols() > 0) {
    for (const float value : table.expression.row(i)) add_field(number_text(value));
  }
  text_ += '\n';
}

}  // namespace

std::unique_ptr<TableWriter> csv_writer(const std::string& path, const TableShape& /*shape*/) {
  return std::make_unique<CsvWriter>(path);
}

}  // namespace cellmnn
