#include "native/io/time_courses/data_file.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <numeric>
#include <stdexcept>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/text_file.hpp"
#include "native/io/time_courses/cell_sample.hpp"
#include "native/io/time_courses/data_formats.hpp"

namespace cellmnn {
namespace {

using Opener = std::unique_ptr<CellSource> (*)(const std::string&, const DataOptions&);

/// By the ending of the name; null if it is not known.
Opener known_opener(const std::string& path) {
  const std::string name = lower_case(path);
  if (name.ends_with(".h5ad")) return open_h5ad;
  if (name.ends_with(".npz")) return open_npz;
  if (is_table_name(path)) return open_csv;
  return nullptr;
}

Opener opener_for(const std::string& path) {
  if (const Opener open = known_opener(path)) return open;
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

Index cell_count(const DataFile& file) {
  return std::accumulate(file.times.begin(), file.times.end(), Index{0},
                         [](Index sum, const TimeLabel& label) { return sum + label.cells; });
}

std::string cell_name(const DataFile& file, Index row) {
  return file.names.empty() ? std::to_string(row) : file.names[static_cast<std::size_t>(row)];
}

std::string cell_name(const DataFile& file, Index snapshot, Index cell) {
  return cell_name(file, file.rows[static_cast<std::size_t>(snapshot)][static_cast<std::size_t>(cell)]);
}

bool is_data_name(const std::string& path) { return known_opener(path) != nullptr; }

namespace {

/// What opens or reads the file, whose size may be more than memory.
template <typename Read>
auto within_memory(const std::string& path, const Read& read) {
  try {
    return read();
  } catch (const std::bad_alloc&) {
    throw file_error(path, "does not fit into memory");
  } catch (const std::length_error&) {
    throw file_error(path, "does not fit into memory");
  }
}

}  // namespace

std::unique_ptr<CellSource> open_cells(const std::string& path, const DataOptions& options) {
  const Opener open = opener_for(path);
  if (options.gene_names && open != open_h5ad) {
    throw Error(ErrorCode::usage,
                "--gene-names names a column of var, which only an .h5ad has, but got " + path);
  }
  return within_memory(path, [&] { return open(path, options); });
}

void warn_of_counts(std::vector<std::string>& warnings) {
  warnings.emplace_back("the values look like raw counts, not principal components: all are whole numbers");
}

DataFile read_data(const std::string& path, const DataOptions& options) {
  return within_memory(path, [&] {
    const std::unique_ptr<CellSource> cells = open_cells(path, options);
    DataFile file = options.most_cells ? read_sample(*cells, *options.most_cells, options.sample_seed)
                                       : cells->read_all();
    try {
      options.training ? validate_for_training(file.data) : validate(file.data);
    } catch (const Error& error) {
      throw Error(error.code(), path + ": " + error.what());
    }
    if (looks_like_counts(file.data)) warn_of_counts(file.warnings);
    return file;
  });
}

}  // namespace cellmnn
