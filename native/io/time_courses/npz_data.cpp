#include <algorithm>
#include <optional>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/io/time_courses/data_formats.hpp"
#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

constexpr const char* kNames = "names";  // of the cells, as write_table() calls them

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
  return header.shape == std::vector<Index>{length} && (header.numeric() || header.text());
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
    if (npz.has(name) && is_embedding(npz.header(name))) return name;
  }
  std::vector<std::string> matrices;
  for (const NpzFile::Array& array : npz.arrays()) {
    if (is_embedding(array.header)) matrices.push_back(array.name);
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
  const std::vector<std::string>& names = candidates.names;
  if (!chosen.time_key) {
    const bool has_default = std::find(names.begin(), names.end(), "sample_labels") != names.end();
    if (has_default) chosen.time_key = "sample_labels";
    if (!has_default && names.size() == 1) chosen.time_key = names[0];
    if (names.empty()) {
      throw file_error(npz.path(), "there is no array 'sample_labels' with the times of the " +
                                       std::to_string(cells) + " cells: it holds " + described(npz.arrays()));
    }
  } else {
    const NpyHeader& header = npz.header(*chosen.time_key);
    if (std::find(names.begin(), names.end(), *chosen.time_key) == names.end()) {
      throw file_error(npz.path(), "the array '" + *chosen.time_key + "' (--time-key) is " +
                                       header.describe() +
                                       ", expected one number or string for each of the " +
                                       std::to_string(cells) + " cells");
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
