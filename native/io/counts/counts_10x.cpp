// Matrix Market (indices from 1) with lists of names. Cell Ranger writes matrix.mtx (genes x cells),
// barcodes.tsv and features.tsv (id, name, type), before version 3 genes.tsv (id, name); each also as .gz.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "native/io/counts/counts_formats.hpp"
#include "native/io/counts/matrix_files.hpp"
#include "native/io/files/gzip_lines.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/progress.hpp"

namespace cellmnn {
namespace {

/// The files of the folder `path`, or of the matrix `path`, with their paths.
MatrixFiles files_of(const std::string& path) {
  namespace fs = std::filesystem;
  const bool is_folder = fs::is_directory(path);
  const fs::path folder = is_folder ? fs::path(path) : fs::path(path).parent_path();
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder.empty() ? fs::path(".") : folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  std::vector<MatrixFiles> all = matrix_files(names);
  const auto keep_only = [&](const std::string& name) {
    std::erase_if(all, [&](const MatrixFiles& files) { return files.matrix != name; });
  };
  std::vector<std::string> matrices;
  matrices.reserve(all.size());
  for (const MatrixFiles& files : all) matrices.push_back(files.matrix);
  if (!is_folder) {
    keep_only(fs::path(path).filename().string());
  } else if (all.size() > 1) {
    const auto usual = std::find_if(matrices.begin(), matrices.end(), [](const std::string& name) {
      return name == "matrix.mtx" || name == "matrix.mtx.gz";
    });
    if (usual != matrices.end()) keep_only(*usual);
  }
  if (all.empty()) {
    throw file_error(path, is_folder ? "has no matrix.mtx (or .gz): expected matrix.mtx, features.tsv and"
                                       " barcodes.tsv, got " +
                                           (names.empty() ? "no files" : quoted_list(names))
                                     : "there is no such file");
  }
  if (all.size() > 1) {
    throw file_error(path, "holds " + std::to_string(all.size()) + " matrices, " + quoted_list(matrices) +
                               ": give one of these files instead of the folder");
  }
  MatrixFiles files = all.front();
  if (!files.complete()) {
    throw file_error(path, "has no " + std::string(files.genes.empty() ? "features.tsv" : "barcodes.tsv") +
                               " (or .gz) beside '" + files.matrix + "': it holds " + quoted_list(names));
  }
  for (std::string* name : {&files.matrix, &files.genes, &files.cells, &files.symbols}) {
    if (!name->empty()) *name = (folder / *name).string();
  }
  return files;
}

/// A field without the quotes that R's write.table puts around text: "" inside stands for one.
std::string unquoted(std::string_view field) {
  if (field.size() < 2 || field.front() != '"' || field.back() != '"') return std::string(field);
  std::string text;
  for (std::size_t i = 1; i + 1 < field.size(); ++i) {
    text += field[i];
    if (field[i] == '"' && field[i + 1] == '"' && i + 2 < field.size()) ++i;
  }
  return text;
}

/// The columns of a table with tabs; lines with fewer fields leave their last columns empty.
std::array<std::vector<std::string>, 3> read_tsv(const std::string& path) {
  std::array<std::vector<std::string>, 3> columns;
  GzipLines lines(path);
  for (std::string_view line; lines.next(line);) {
    for (std::vector<std::string>& column : columns) {
      const std::size_t tab = std::min(line.find('\t'), line.size());
      column.push_back(unquoted(line.substr(0, tab)));
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
    rows_ = whole(sizes[0], line);
    columns_ = whole(sizes[1], line);
    entries_ = whole(sizes[2], line);
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
      const Index row = whole(entry[0], line) - 1, column = whole(entry[1], line) - 1;
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
    if (!trimmed({at, static_cast<std::size_t>(end - at)}).empty()) {
      throw lines_.error("got '" + std::string(line) + "', expected three numbers and no more");
    }
    return values;
  }

  Index whole(double value, std::string_view line) const {
    constexpr double kLargest = 1e15;
    if (value >= 0 && value <= kLargest && value == std::trunc(value)) return static_cast<Index>(value);
    throw lines_.error("got '" + std::string(line) +
                       "', expected whole numbers of rows, columns and entries");
  }

  GzipLines lines_;
  Index rows_ = 0, columns_ = 0, entries_ = 0;
};

}  // namespace

CountsBlocks read_10x_counts(const std::string& given, const CountsOptions& options) {
  const MatrixFiles files = files_of(given);
  const std::string& path = files.matrix;
  auto [ids, names, types] = read_tsv(files.genes);
  CountsBlocks file;
  file.path = given;
  file.format = "10x";
  file.cells = read_tsv(files.cells)[0];
  if (!files.symbols.empty()) {
    names = read_tsv(files.symbols)[0];
    names.resize(ids.size());
  }
  file.genes = names;
  for (std::size_t g = 0; g < ids.size(); ++g) {
    if (file.genes[g].empty()) file.genes[g] = ids[g];
  }
  const MatrixMarket header(path);
  const auto genes = static_cast<Index>(file.genes.size()), cells = static_cast<Index>(file.cells.size());
  const bool genes_fit = header.rows() == genes && header.columns() == cells;
  const bool cells_fit = header.rows() == cells && header.columns() == genes;
  if (!genes_fit && !cells_fit) {
    throw file_error(path, "is " + std::to_string(header.rows()) + " x " + std::to_string(header.columns()) +
                               ", but there are names of " + std::to_string(genes) + " genes and " +
                               std::to_string(cells) + " cells");
  }
  const bool cells_in_rows = cells_fit && (files.cells_in_rows || !genes_fit);
  Progress progress("reading", "value", std::max<Index>(1, 2 * header.entries()), options.quiet);
  try {
    file.values = blocks_of(sparse_matrix(cells, genes, [&](const auto& visit) {
      MatrixMarket(path).read(
          [&](Index row, Index column, float value) {
            cells_in_rows ? visit(row, column, value) : visit(column, row, value);
          },
          progress);
    }));
  } catch (const Error& error) {
    if (std::string_view(error.what()).starts_with(path)) throw;
    throw file_error(path, error.what());
  }

  file.var = {{"gene_ids", label_column(ids)}};
  keep_measured_genes(file, types);
  return file;
}

}  // namespace cellmnn
