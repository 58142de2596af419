#include <algorithm>
#include <optional>

#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/numpy/npz.hpp"

namespace cellmnn {
namespace {

std::string described(const NpzFile& npz) {
  std::string list;
  for (const NpzFile::Array& array : npz.arrays()) {
    list += (list.empty() ? "'" : ", '") + array.name + "' " + array.header.describe();
  }
  return list;
}

bool is_matrix(const NpyHeader& header) { return header.numeric() && header.shape.size() == 2; }

/// The first array of texts with one of the names and this length.
std::vector<std::string> texts(const NpzFile& npz, std::initializer_list<const char*> names, Index length) {
  for (const char* name : names) {
    if (npz.has(name) && npz.header(name).text() && npz.header(name).list_of(length)) return npz.texts(name);
  }
  return {};
}

/// The matrix with a usual name, else the only one.
std::string matrix_name(const NpzFile& npz) {
  for (const char* name : {"counts", "X", "expression", "x", "data_matrix"}) {
    if (npz.has(name) && is_matrix(npz.header(name))) return name;
  }
  std::vector<std::string> matrices;
  for (const NpzFile::Array& array : npz.arrays()) {
    if (is_matrix(array.header) && array.header.shape[1] > 1) matrices.push_back(array.name);
  }
  if (matrices.size() == 1) return matrices[0];
  throw file_error(npz.path(),
                   "there is no array 'counts' or 'X' in (cells, genes): it holds " + described(npz));
}

SparseMatrix dense_values(const NpzFile& npz, const std::string& name) {
  const std::vector<Index>& shape = npz.header(name).shape;
  const Matrix<float> values = npz.columns(name, shape[1]);
  return sparse_matrix(shape[0], shape[1], [&](const auto& visit) {
    for (Index row = 0; row < values.rows(); ++row) {
      for (Index column = 0; column < values.cols(); ++column) visit(row, column, values(row, column));
    }
  });
}

/// What scipy.sparse.save_npz writes: data, indices, indptr and shape of a csr or csc matrix.
bool is_scipy(const NpzFile& npz) {
  return npz.has("data") && npz.has("indices") && npz.has("indptr") && npz.has("shape");
}

SparseMatrix scipy_values(const NpzFile& npz) {
  const xt::xarray<double> data = npz.numbers("data"), indices = npz.numbers("indices");
  const xt::xarray<double> starts = npz.numbers("indptr"), shape = npz.numbers("shape");
  const auto damaged = [&](const std::string& what) {
    return file_error(npz.path(), "is no sparse matrix of scipy: " + what);
  };
  if (shape.size() != 2 ||
      !(shape(0) >= 0 && shape(1) >= 0 && shape(0) < 2147483648.0 && shape(1) < 2147483648.0))
    throw damaged("its shape is not that of a matrix");
  const auto rows = static_cast<Index>(shape(0)), columns = static_cast<Index>(shape(1));
  const auto lines = static_cast<Index>(starts.size()) - 1;
  if (lines != rows && lines != columns) throw damaged("'indptr' has another length than its shape says");
  const std::vector<std::string> format =
      npz.has("format") && npz.header("format").text() ? npz.texts("format") : std::vector<std::string>{};
  const bool by_rows = format.empty() ? lines == rows : format[0] == "csr";
  if (!format.empty() && format[0] != "csr" && format[0] != "csc")
    throw damaged("its format is '" + format[0] + "', expected 'csr' or 'csc'");
  if (lines != (by_rows ? rows : columns)) throw damaged("'indptr' has another length than its shape says");
  const Index across = by_rows ? columns : rows;
  const auto entries = static_cast<double>(std::min(data.size(), indices.size()));
  return sparse_matrix(rows, columns, [&](const auto& visit) {
    for (Index line = 0; line < lines; ++line) {
      const double begin = starts(static_cast<std::size_t>(line)),
                   end = starts(static_cast<std::size_t>(line) + 1);
      if (!(begin >= 0 && begin <= end && end <= entries)) throw damaged("'indptr' points outside of 'data'");
      for (auto k = static_cast<std::size_t>(begin); k < static_cast<std::size_t>(end); ++k) {
        if (!(indices(k) >= 0 && indices(k) < static_cast<double>(across)))
          throw damaged("'indices' are outside");
        const auto other = static_cast<Index>(indices(k));
        const auto value = static_cast<float>(data(k));
        by_rows ? visit(line, other, value) : visit(other, line, value);
      }
    }
  });
}

std::vector<std::string> numbered(const std::string& what, Index count) {
  std::vector<std::string> names;
  for (Index i = 0; i < count; ++i) names.push_back(what + std::to_string(i));
  return names;
}

}  // namespace

CountsBlocks read_npz_counts(const std::string& path, const CountsOptions& options) {
  const NpzFile npz(path);
  CountsBlocks file;
  file.path = path;
  file.format = "npz";
  const std::string name = is_scipy(npz) ? "" : matrix_name(npz);
  SparseMatrix values = name.empty() ? scipy_values(npz) : dense_values(npz, name);
  const Index rows = values.rows, columns = values.columns;
  file.values = blocks_of(std::move(values));
  const std::initializer_list<const char*> cell_names = {"names", "cells", "cell_names", "barcodes",
                                                         "obs_names"};
  const std::initializer_list<const char*> gene_names = {"genes", "gene_names", "var_names", "features"};
  file.cells = texts(npz, options.transpose ? gene_names : cell_names, rows);
  file.genes = texts(npz, options.transpose ? cell_names : gene_names, columns);
  if (file.cells.empty()) file.cells = numbered(options.transpose ? "gene" : "cell", rows);
  if (file.genes.empty()) file.genes = numbered(options.transpose ? "cell" : "gene", columns);
  const bool named = !texts(npz, gene_names, options.transpose ? rows : columns).empty();
  if (!named)
    file.warnings.emplace_back("there is no array 'genes' with their names, so they are numbered from 0");
  const Index cells = options.transpose ? columns : rows;
  FrameColumns& obs = options.transpose ? file.var : file.obs;
  for (const NpzFile::Array& array : npz.arrays()) {
    const bool is_name = std::any_of(cell_names.begin(), cell_names.end(),
                                     [&](const char* each) { return array.name == each; }) ||
                         std::any_of(gene_names.begin(), gene_names.end(),
                                     [&](const char* each) { return array.name == each; });
    if (is_name || name.empty() || !array.header.list_of(cells)) continue;
    if (array.header.text()) {
      obs.emplace_back(array.name, label_column(npz.texts(array.name)));
    } else if (array.header.numeric()) {
      const xt::xarray<double> numbers = npz.numbers(array.name);
      obs.emplace_back(array.name, label_column(std::vector<double>(numbers.begin(), numbers.end())));
    }
  }
  return file;
}

}  // namespace cellmnn
