#include "native/io/time_courses/data_file.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <stdexcept>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/text_file.hpp"
#include "native/io/time_courses/data_formats.hpp"

namespace cellmnn {
namespace {

using Reader = DataFile (*)(const std::string&, const DataOptions&);

/// By the ending of the name; null if it is not known.
Reader known_reader(const std::string& path) {
  const std::string name = lower_case(path);
  if (name.ends_with(".h5ad")) return read_h5ad;
  if (name.ends_with(".npz")) return read_npz;
  if (is_table_name(path)) return read_csv;
  return nullptr;
}

Reader reader_for(const std::string& path) {
  if (const Reader reader = known_reader(path)) return reader;
  throw file_error(path, "has an unknown ending, expected .h5ad, .npz, .csv, .tsv or .txt (also .gz)");
}

/// Counts are non-negative whole numbers, and some of them are large.
bool looks_like_counts(const TimeCourse& data) {
  float largest = 0;
  for (const Snapshot& snapshot : data.snapshots) {
    const auto values = snapshot.cells.array();
    if ((values < 0).any() || (values != values.floor()).any()) return false;
    largest = std::max(largest, values.maxCoeff());
  }
  return largest > 50;
}

}  // namespace

Index dims_to_read(const DataOptions& options, const std::string& path, const std::string& embedding,
                   Index available) {
  if (available < 1) throw file_error(path, "the " + embedding + " has no columns of numbers");
  const Index dims = options.dims.value_or(std::min(available, options.most_dims.value_or(available)));
  if (dims < 1) {
    throw Error(ErrorCode::usage, "--dims is " + std::to_string(dims) + ", expected at least 1");
  }
  if (dims > available) {
    throw file_error(path, "--dims asks for " + std::to_string(dims) + " dimensions, but the " + embedding +
                               " has " + std::to_string(available));
  }
  return dims;
}

std::string cell_name(const DataFile& file, Index row) {
  return file.names.empty() ? std::to_string(row) : file.names[static_cast<std::size_t>(row)];
}

std::string cell_name(const DataFile& file, Index snapshot, Index cell) {
  return cell_name(file, file.rows[static_cast<std::size_t>(snapshot)][static_cast<std::size_t>(cell)]);
}

bool is_data_name(const std::string& path) { return known_reader(path) != nullptr; }

DataFile read_data(const std::string& path, const DataOptions& options) {
  try {
    const Reader read = reader_for(path);
    if (options.gene_names && read != read_h5ad) {
      throw Error(ErrorCode::usage,
                  "--gene-names names a column of var, which only an .h5ad has, but got " + path);
    }
    DataFile file = read(path, options);
    try {
      options.training ? validate_for_training(file.data) : validate(file.data);
    } catch (const Error& error) {
      throw Error(error.code(), path + ": " + error.what());
    }
    if (looks_like_counts(file.data)) {
      file.warnings.emplace_back(
          "the values look like raw counts, not principal components: all are whole numbers");
    }
    return file;
  } catch (const std::bad_alloc&) {
    throw file_error(path, "does not fit into memory");
  } catch (const std::length_error&) {
    throw file_error(path, "does not fit into memory");
  }
}

}  // namespace cellmnn
