#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "native/io/numpy/npz_parts.hpp"
#include "native/io/tables/table_formats.hpp"

namespace cellmnn {
namespace {

std::string_view bytes_of(const void* values, Index bytes) {
  return {static_cast<const char*>(values), static_cast<std::size_t>(bytes)};
}

std::string text_type(Index longest) { return "<U" + std::to_string(std::max(Index{1}, longest)); }

/// Walks through the arrays of a table in the order of the file.
class NpzTableWriter final : public TableWriter {
 public:
  NpzTableWriter(std::string path, TableShape shape) : path_(std::move(path)), shape_(std::move(shape)) {}

  void add(const CellTable& part) override {
    if (!npz_) begin(part);
    array_ = 0;
    if (!part.names.empty()) add_texts(part.names);
    for (const auto& [name, values] : part.columns) add_values(values);
    for (const auto& [name, values] : part.flags) {
      const std::vector<std::int8_t> flags(values.begin(), values.end());
      add_bytes(bytes_of(flags.data(), std::ssize(flags)));
    }
    for (const auto& [name, column] : part.labels) {
      if (shape_.labels.at(name).numbers.empty()) {
        add_texts(texts_of(column));
      } else {
        const std::vector<double> numbers = numbers_of(column);
        add_bytes(bytes_of(numbers.data(), std::ssize(numbers) * Index{sizeof(double)}));
      }
    }
    for (const auto& [name, values] : part.arrays) add_values(values);
    if (part.expression.cols() > 0) add_values(part.expression);
  }

  void finish() override { npz_->finish(); }

 private:
  void begin(const CellTable& first);

  void add_bytes(std::string_view bytes) { npz_->write(array_++, bytes); }

  template <typename Values>
  void add_values(const Values& values) {
    add_bytes(bytes_of(values.data(), values.size() * Index{sizeof(*values.data())}));
  }

  void add_texts(const std::vector<std::string>& texts) {
    add_bytes(npy_text_bytes(texts, lengths_[array_]));
  }

  std::string path_;
  TableShape shape_;
  std::optional<NpzParts> npz_;
  std::vector<Index> lengths_;  // characters of each array of texts
  std::size_t array_ = 0;       // the next one
};

/// What has rows, and behind it what is written at once.
void NpzTableWriter::begin(const CellTable& first) {
  std::vector<NpzParts::Array> arrays;
  const auto declare = [&](const std::string& name, const std::string& type, std::vector<Index> shape,
                           Index length = 0) {
    arrays.push_back({name, type, std::move(shape)});
    lengths_.push_back(std::max(Index{1}, length));
  };
  const Index rows = shape_.rows;
  if (!first.names.empty()) declare("names", text_type(shape_.longest_name), {rows}, shape_.longest_name);
  for (const auto& [name, values] : first.columns) declare(name, "<f8", {rows});
  for (const auto& [name, values] : first.flags) declare(name, "|b1", {rows});
  for (const auto& [name, column] : first.labels) {
    const LabelCounts& all = shape_.labels.at(name);
    const Index longest = all.numbers.empty() ? longest_text(all.labels) : 0;
    declare(name, all.numbers.empty() ? text_type(longest) : "<f8", {rows}, longest);
  }
  for (const auto& [name, values] : first.arrays) declare(name, "<f4", {rows, values.cols()});
  if (first.expression.cols() > 0) declare("X", "<f4", {rows, first.expression.cols()});
  const std::size_t whole = arrays.size();
  for (const auto& [name, values] : first.tensors)
    declare(name, "<f4", {values.shape().begin(), values.shape().end()});
  const Index longest_gene = longest_text(first.genes);
  if (!first.genes.empty())
    declare("genes", text_type(longest_gene), {std::ssize(first.genes)}, longest_gene);
  if (first.loadings.size() > 0) declare("PCs", "<f4", {first.loadings.rows(), first.loadings.cols()});
  if (first.gene_mean.size() > 0) declare("pca_mean", "<f4", {first.gene_mean.size()});

  npz_.emplace(path_, arrays);
  array_ = whole;
  for (const auto& [name, values] : first.tensors)
    add_bytes(bytes_of(values.data(), static_cast<Index>(values.size()) * Index{sizeof(float)}));
  if (!first.genes.empty()) add_texts(first.genes);
  if (first.loadings.size() > 0) add_values(first.loadings);
  if (first.gene_mean.size() > 0) add_values(first.gene_mean);
}

}  // namespace

std::unique_ptr<TableWriter> npz_writer(const std::string& path, TableShape shape) {
  return std::make_unique<NpzTableWriter>(path, std::move(shape));
}

}  // namespace cellmnn
