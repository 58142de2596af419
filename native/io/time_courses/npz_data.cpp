#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/io/time_courses/cell_source.hpp"
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

/// The next labels of an array.
LabelColumn next_labels(NpzRows& rows, Index count) {
  return rows.header().text() ? label_column(rows.texts(count)) : label_column(rows.numbers(count));
}

LabelCounts count_labels(const NpzFile& npz, const std::string& name, Index cells) {
  NpzRows rows(npz, name);
  LabelCounts counts;
  for (Index left = cells; left > 0; left -= kValuesAtOnce)
    counts.add(next_labels(rows, std::min(left, kValuesAtOnce)));
  return counts;
}

TimeColumn time_column(const NpzFile& npz, Index cells, const DataOptions& options) {
  TimeCandidates candidates{
      npz.path(), "array", {}, [&](const std::string& name) { return count_labels(npz, name, cells); }};
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

/// The arrays of an .npz, which stay in the file.
class NpzCells final : public CellSource {
 public:
  NpzCells(const std::string& path, const DataOptions& options) : npz_(path) {
    file_.path = path;
    file_.format = "npz";
    file_.embedding_key = embedding_name(npz_, options);
    check_expression(npz_, options, file_);
    const NpyHeader& header = npz_.header(file_.embedding_key);
    file_.available_dims = header.shape[1];
    const Index dims =
        dims_to_read(options, path, "array '" + file_.embedding_key + "'", file_.available_dims);
    const TimeColumn time = time_column(npz_, header.shape[0], options);
    make_snapshots(time, file_);
    set_dims(dims);
    time_of_.emplace(time);
    has_names_ =
        npz_.has(kNames) && npz_.header(kNames).text() && is_list(npz_.header(kNames), header.shape[0]);
    restart();
  }

  std::vector<std::string> names(Index count) override {
    if (!has_names_) return {};
    if (!names_) names_.emplace(npz_, kNames);
    return names_->texts(count);
  }

 private:
  Vector<double> next_times(Index count) override { return (*time_of_)(next_labels(*times_, count)); }

  Matrix<float> next_positions(Index count) override {
    if (!positions_->header().fortran_order) return positions_->columns(count, dims());
    // Its rows are spread over the file.
    if (all_.size() == 0) all_ = positions_->columns(positions_->header().shape[0], dims());
    placed_ += count;
    return all_.middleRows(placed_ - count, count);
  }

  void restart() override {
    names_.reset();
    times_.emplace(npz_, file_.time_key);
    positions_.emplace(npz_, file_.embedding_key);
    placed_ = 0;
  }

  NpzFile npz_;
  std::optional<TimeLookUp> time_of_;
  std::optional<NpzRows> names_, times_, positions_;
  bool has_names_ = false;
  Matrix<float> all_;  // of an array in Fortran's order
  Index placed_ = 0;
};

}  // namespace

std::unique_ptr<CellSource> open_npz(const std::string& path, const DataOptions& options) {
  return std::make_unique<NpzCells>(path, options);
}

}  // namespace cellmnn
