// The folder that Cell Ranger writes: matrix.mtx (Matrix Market, genes x cells, indices from 1),
// barcodes.tsv and features.tsv (id, name, type), before version 3 genes.tsv (id, name); each also as .gz.
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <initializer_list>

#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/gzip_lines.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/progress.hpp"

namespace cellmnn {
namespace {

constexpr const char* kGeneExpression = "Gene Expression";

std::string file_in(const std::string& folder, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    for (const char* ending : {"", ".gz"}) {
      std::string path = (std::filesystem::path(folder) / (std::string(name) + ending)).string();
      if (std::filesystem::exists(path)) return path;
    }
  }
  throw file_error(folder, "has no " + std::string(*names.begin()) +
                               " (or .gz): expected matrix.mtx, features.tsv and barcodes.tsv");
}

/// The columns of a table with tabs; lines with fewer fields leave their last columns empty.
std::array<std::vector<std::string>, 3> read_tsv(const std::string& path) {
  std::array<std::vector<std::string>, 3> columns;
  GzipLines lines(path);
  for (std::string_view line; lines.next(line);) {
    for (std::vector<std::string>& column : columns) {
      const std::size_t tab = std::min(line.find('\t'), line.size());
      column.emplace_back(line.substr(0, tab));
      line.remove_prefix(std::min(tab + 1, line.size()));
    }
  }
  return columns;
}

class MatrixMarket {
 public:
  /// Reads up to the sizes.
  explicit MatrixMarket(const std::string& path) : lines_(path) {
    std::string_view line;
    if (!lines_.next(line) || !lower_case(line).starts_with("%%matrixmarket matrix coordinate") ||
        !lower_case(line).ends_with("general") || line.find("complex") != std::string_view::npos) {
      throw lines_.error("expected '%%MatrixMarket matrix coordinate integer general' (or real)");
    }
    while (lines_.next(line) && line.starts_with('%')) {
    }
    const std::array<double, 3> sizes = fields(line);
    rows_ = static_cast<Index>(sizes[0]);
    columns_ = static_cast<Index>(sizes[1]);
    entries_ = static_cast<Index>(sizes[2]);
  }

  Index rows() const { return rows_; }
  Index columns() const { return columns_; }
  Index entries() const { return entries_; }

  template <typename Visit>
  void read(const Visit& visit, Progress& progress) {
    constexpr Index kStep = Index{1} << 18;
    Index count = 0;
    for (std::string_view line; lines_.next(line);) {
      if (line.empty()) continue;
      const std::array<double, 3> entry = fields(line);
      const Index row = static_cast<Index>(entry[0]) - 1, column = static_cast<Index>(entry[1]) - 1;
      if (row < 0 || row >= rows_ || column < 0 || column >= columns_) {
        throw lines_.error("'" + std::string(line) + "' is outside of " + std::to_string(rows_) + " x " +
                           std::to_string(columns_));
      }
      visit(row, column, static_cast<float>(entry[2]));
      if (++count % kStep == 0) progress.advance(kStep);
    }
    progress.advance(count % kStep);
    if (count != entries_) {
      throw lines_.error("the file ends after " + std::to_string(count) + " of " + std::to_string(entries_) +
                         " entries");
    }
  }

 private:
  std::array<double, 3> fields(std::string_view line) const {
    std::array<double, 3> values = {};
    const char* at = line.data();
    const char* const end = at + line.size();
    for (double& value : values) {
      while (at != end && (*at == ' ' || *at == '\t')) ++at;
      const auto [stop, code] = std::from_chars(at, end, value);
      if (code != std::errc()) throw lines_.error("got '" + std::string(line) + "', expected three numbers");
      at = stop;
    }
    return values;
  }

  GzipLines lines_;
  Index rows_ = 0, columns_ = 0, entries_ = 0;
};

}  // namespace

CountsFile read_10x_counts(const std::string& folder, const CountsOptions& options) {
  const std::string path = file_in(folder, {"matrix.mtx"});
  const std::string genes_path = file_in(folder, {"features.tsv", "genes.tsv"});
  auto [ids, names, types] = read_tsv(genes_path);
  CountsFile file;
  file.path = folder;
  file.format = "10x";
  file.cells = read_tsv(file_in(folder, {"barcodes.tsv"}))[0];
  file.genes = names;
  for (std::size_t g = 0; g < ids.size(); ++g) {
    if (file.genes[g].empty()) file.genes[g] = ids[g];
  }
  const MatrixMarket header(path);
  if (header.rows() != static_cast<Index>(file.genes.size()) ||
      header.columns() != static_cast<Index>(file.cells.size())) {
    throw file_error(path, "is " + std::to_string(header.rows()) + " genes x " +
                               std::to_string(header.columns()) + " cells, but there are names of " +
                               std::to_string(file.genes.size()) + " genes and " +
                               std::to_string(file.cells.size()) + " cells");
  }
  Progress progress("reading", "value", std::max<Index>(1, 2 * header.entries()), options.quiet);
  try {
    file.values = sparse_matrix(header.columns(), header.rows(), [&](const auto& visit) {
      MatrixMarket(path).read([&](Index gene, Index cell, float value) { visit(cell, gene, value); },
                              progress);
    });
  } catch (const Error& error) {
    if (std::string_view(error.what()).starts_with(path)) throw;
    throw file_error(path, error.what());
  }

  file.var = {{"gene_ids", label_column(ids)}};
  std::vector<bool> measured;
  for (const std::string& type : types) measured.push_back(type.empty() || type == kGeneExpression);
  if (const auto others = std::count(measured.begin(), measured.end(), false); others > 0) {
    file.warnings.push_back(std::to_string(others) + " features are not of the type '" + kGeneExpression +
                            "' and are left out");
    keep(file, std::vector<bool>(file.cells.size(), true), measured);
  }
  return file;
}

}  // namespace cellmnn
