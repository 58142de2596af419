#include <algorithm>
#include <optional>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/io/time_courses/column_names.hpp"
#include "native/io/time_courses/data_formats.hpp"
#include "native/io/time_courses/gene_matrix.hpp"
#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

constexpr const char* kNames = "names";  // of the cells, as write_table() calls them
constexpr const char* kTimes = "sample_labels";

std::string described(const std::vector<NpzFile::Array>& arrays) {
  std::string list;
  for (const NpzFile::Array& array : arrays) {
    list += (list.empty() ? "'" : ", '") + array.name + "' " + array.header.describe();
  }
  return list;
}

bool is_embedding(const NpyHeader& header) {
  return header.numeric() && header.shape.size() == 2 && header.shape[1] >= 1;
}

bool is_list(const NpyHeader& header, Index length) {
  return header.list_of(length) && (header.numeric() || header.text());
}

/// "the array 'sample_labels' is (160) |O, expected ...", with a way to what is expected.
Error wrong_array(const NpzFile& npz, const std::string& name, const std::string& expected) {
  const NpyHeader& header = npz.header(name);
  std::string hint;
  if (header.kind() == 'O')
    hint = ": objects of Python cannot be read, save it with .astype(str) or .astype(float)";
  if (header.kind() == 'M' || header.kind() == 'm')
    hint = ": save dates as numbers, such as days from the first";
  if (header.kind() == 'f' && !header.numeric()) hint = ": save it with .astype('float64')";
  return file_error(npz.path(),
                    "the array '" + name + "' is " + header.describe() + ", expected " + expected + hint);
}

constexpr const char* kGeneArrays[] = {"genes", "gene_names", "var_names", "features"};

/// Refuses a matrix of genes, unless the number of dimensions was asked for.
void check_expression(const NpzFile& npz, const DataOptions& options, DataFile& file) {
  const std::string& name = file.embedding_key;
  const Index columns = npz.header(name).shape[1];
  const int rank = rank_of_array(name);
  if (options.dims || rank == 0 || rank == 1) return;
  std::string why = options.embedding_key ? "" : why_genes({}, columns);
  for (const char* genes : kGeneArrays) {
    const bool names_columns =
        npz.has(genes) && npz.header(genes).text() && is_list(npz.header(genes), columns);
    if (names_columns) why = "the array '" + std::string(genes) + "' names them";
  }
  if (!why.empty()) refuse_genes(options, "the columns of '" + name + "'", why, file);
}

std::string embedding_name(const NpzFile& npz, const DataOptions& options) {
  if (options.embedding_key) {
    if (!is_embedding(npz.header(*options.embedding_key))) {
      throw file_error(npz.path(), "the array '" + *options.embedding_key + "' (--embedding-key) is " +
                                       npz.header(*options.embedding_key).describe() +
                                       ", expected numbers in (cells, dimensions)");
    }
    return *options.embedding_key;
  }
  for (const char* name : kEmbeddingNames) {
    if (!npz.has(name)) continue;
    if (!is_embedding(npz.header(name))) throw wrong_array(npz, name, "numbers in (cells, dimensions)");
    return name;
  }
  std::vector<std::string> matrices;
  for (const NpzFile::Array& array : npz.arrays()) {
    if (is_embedding(array.header) && array.name != kTimes && !is_time_name(array.name))
      matrices.push_back(array.name);
  }
  if (matrices.size() == 1) return matrices[0];
  throw file_error(npz.path(), "there is no array 'pcs' with the principal components: choose one of " +
                                   described(npz.arrays()) + " with --embedding-key");
}

LabelColumn read_labels(const NpzFile& npz, const std::string& name) {
  if (npz.header(name).text()) return label_column(npz.texts(name));
  const xt::xarray<double> numbers = npz.numbers(name);
  return label_column(std::vector<double>(numbers.begin(), numbers.end()));
}

TimeColumn time_column(const NpzFile& npz, Index cells, const DataOptions& options) {
  TimeCandidates candidates{
      npz.path(), "array", {}, [&](const std::string& name) { return read_labels(npz, name); }};
  for (const NpzFile::Array& array : npz.arrays()) {
    const NpyHeader& header = array.header;
    if (is_list(header, cells) && array.name != kNames) {
      candidates.names.push_back(array.name);
    }
  }
  DataOptions chosen = options;
  const std::string one_each = "one number or string for each of the " + std::to_string(cells) + " cells";
  const std::vector<std::string>& names = candidates.names;
  if (!chosen.time_key) {
    const bool has_default = std::find(names.begin(), names.end(), kTimes) != names.end();
    if (has_default) chosen.time_key = kTimes;
    if (!has_default && names.size() == 1) chosen.time_key = names[0];
    const bool default_is_wrong = npz.has(kTimes) && !has_default;
    if (default_is_wrong) throw wrong_array(npz, kTimes, one_each);
    if (names.empty()) {
      for (const NpzFile::Array& array : npz.arrays()) {
        if (is_time_name(array.name)) throw wrong_array(npz, array.name, one_each);
      }
      throw file_error(npz.path(), "there is no array 'sample_labels' with the times of the " +
                                       std::to_string(cells) + " cells: it holds " + described(npz.arrays()));
    }
  } else {
    npz.header(*chosen.time_key);  // says which arrays there are if it is none of them
    if (std::find(names.begin(), names.end(), *chosen.time_key) == names.end()) {
      throw wrong_array(npz, *chosen.time_key, one_each);
    }
  }
  return find_time_column(candidates, chosen);
}

}  // namespace

DataFile read_npz(const std::string& path, const DataOptions& options) {
  const NpzFile npz(path);
  DataFile file;
  file.path = path;
  file.format = "npz";
  file.embedding_key = embedding_name(npz, options);
  check_expression(npz, options, file);
  const std::vector<Index>& shape = npz.header(file.embedding_key).shape;
  file.available_dims = shape[1];
  const Index dims = dims_to_read(options, path, "array '" + file.embedding_key + "'", file.available_dims);

  sort_into_snapshots(time_column(npz, shape[0], options), file);
  const Matrix<float> cells = npz.columns(file.embedding_key, dims);
  const std::vector<float*> targets = row_targets(file, &Snapshot::cells, dims);
  for (Index row = 0; row < cells.rows(); ++row) {
    std::copy_n(cells.row(row).data(), dims, targets[static_cast<std::size_t>(row)]);
  }
  if (npz.has(kNames) && npz.header(kNames).text() && is_list(npz.header(kNames), shape[0])) {
    file.names = npz.texts(kNames);
  }
  return file;
}

}  // namespace cellmnn
