#include <optional>
#include <utility>

#include "native/io/h5ad/column_writer.hpp"
#include "native/io/hdf5/hdf5_output.hpp"
#include "native/io/tables/table_formats.hpp"

namespace cellmnn {
namespace {

using hdf5::Id;
using hdf5::Rows;

class H5adTableWriter final : public TableWriter {
 public:
  H5adTableWriter(const std::string& path, TableShape shape) : shape_(std::move(shape)), file_(path) {}

  void add(const CellTable& part) override {
    file_.write([&](const Id& file) {
      if (!names_) begin(file, part);
      add_rows(part);
    });
  }

  void finish() override {
    file_.write([&](const Id&) {
      names_->finish();
      for (ColumnWriter& column : labels_) column.finish();
      for (Rows& rows : rows_) rows.finish();
    });
    file_.finish();
  }

 private:
  void begin(const Id& file, const CellTable& first);
  void add_rows(const CellTable& part);

  TableShape shape_;
  hdf5::NewFile file_;
  std::optional<Rows> names_;
  std::vector<ColumnWriter> labels_;
  std::vector<Rows> rows_;  // columns, flags, X, arrays
  Index row_ = 0;
};

void H5adTableWriter::begin(const Id& file, const CellTable& first) {
  const Index rows = shape_.rows;
  std::vector<std::string> columns;
  for (const auto& [name, column] : first.labels) columns.push_back(name);
  for (const auto& [name, values] : first.columns) columns.push_back(name);
  for (const auto& [name, values] : first.flags) columns.push_back(name);
  const Id obs = hdf5::create_frame({file, "obs"}, columns);
  names_ = Rows::of_texts({obs, "index"}, rows);
  for (const auto& [name, column] : first.labels)
    labels_.emplace_back(hdf5::Place{obs, name}, shape_.labels.at(name), rows);
  for (const auto& [name, values] : first.columns)
    rows_.push_back(Rows::of_numbers<double>({obs, name}, {rows}));
  for (const auto& [name, values] : first.flags) rows_.push_back(Rows::of_flags({obs, name}, rows));
  hdf5::create_frame({file, "var"}, first.genes, {});
  if (first.expression.cols() > 0)
    rows_.push_back(Rows::of_numbers<float>({file, "X"}, {rows, first.expression.cols()}));
  const Id obsm = hdf5::create_dict({file, "obsm"});
  for (const auto& [name, values] : first.arrays)
    rows_.push_back(Rows::of_numbers<float>({obsm, name}, {rows, values.cols()}));
  const Id varm = hdf5::create_dict({file, "varm"});
  if (first.loadings.size() > 0) hdf5::write_array({varm, "PCs"}, first.loadings);
  const Id uns = hdf5::create_dict({file, "uns"});
  if (first.gene_mean.size() > 0) hdf5::write_array({uns, "pca_mean"}, first.gene_mean);
  for (const char* name : {"layers", "obsp", "varp"}) hdf5::create_dict({file, name});
}

void H5adTableWriter::add_rows(const CellTable& part) {
  const Index cells = cell_count(part);
  std::vector<std::string> numbers;
  if (part.names.empty()) {
    for (Index i = 0; i < cells; ++i) numbers.push_back(std::to_string(row_ + i));
  }
  names_->add(part.names.empty() ? numbers : part.names);
  row_ += cells;
  for (std::size_t i = 0; i < labels_.size(); ++i) labels_[i].add(part.labels[i].second);
  auto rows = rows_.begin();
  for (const auto& [name, values] : part.columns) (rows++)->add(cells, values.data());
  for (const auto& [name, values] : part.flags) (rows++)->add(values);
  if (part.expression.cols() > 0) (rows++)->add(cells, part.expression.data());
  for (const auto& [name, values] : part.arrays) (rows++)->add(cells, values.data());
}

}  // namespace

std::unique_ptr<TableWriter> h5ad_writer(const std::string& path, TableShape shape) {
  return std::make_unique<H5adTableWriter>(path, std::move(shape));
}

}  // namespace cellmnn
