#include "native/io/numpy/npz.hpp"

#include <algorithm>

#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

constexpr std::string_view kEnding = ".npy";

std::string in_file(const std::string& path, const std::string& name) {
  return path + ": the array '" + name + "'";
}

}  // namespace

NpzFile::NpzFile(const std::string& path) : file_(path) {
  for (ZipEntry& entry : zip_entries(file_)) {
    if (!entry.name.ends_with(kEnding)) continue;
    const std::string name = entry.name.substr(0, entry.name.size() - kEnding.size());
    ZipEntryReader reader(file_, entry);
    arrays_.push_back({name, read_npy_header(reader, in_file(path, name))});
    entries_.push_back(std::move(entry));
  }
  if (arrays_.empty()) throw file_error(path, "holds no .npy array, expected an .npz file of numpy");
}

bool NpzFile::has(const std::string& name) const {
  return std::any_of(arrays_.begin(), arrays_.end(), [&](const Array& array) { return array.name == name; });
}

const NpyHeader& NpzFile::header(const std::string& name) const {
  return arrays_[static_cast<std::size_t>(&entry(name) - entries_.data())].header;
}

const ZipEntry& NpzFile::entry(const std::string& name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const ZipEntry& each) { return each.name == name + ".npy"; });
  if (found != entries_.end()) return *found;
  std::vector<std::string> names;
  for (const Array& array : arrays_) names.push_back(array.name);
  throw file_error(path(), "has no array '" + name + "': it holds " + quoted_list(names));
}

xt::xarray<double> NpzFile::numbers(const std::string& name) const {
  ZipEntryReader reader(file_, entry(name));
  const NpyHeader header = read_npy_header(reader, in_file(path(), name));
  if (!header.numeric()) {
    throw file_error(path(), "the array '" + name + "' is " + header.describe() + ", expected numbers");
  }
  return read_npy_numbers(reader, header);
}

Matrix<float> NpzFile::columns(const std::string& name, Index columns) const {
  const NpyHeader& header = this->header(name);
  if (!header.numeric() || header.shape.size() != 2 || columns > header.shape[1]) {
    throw file_error(path(), "the array '" + name + "' is " + header.describe() +
                                 ", expected numbers in (cells, at least " + std::to_string(columns) + ")");
  }
  return NpzRows(*this, name).columns(header.shape[0], columns);
}

std::vector<std::string> NpzFile::texts(const std::string& name) const {
  const NpyHeader& header = this->header(name);
  if (!header.text() || !(header.shape.empty() || header.list_of(header.shape[0]))) {
    throw file_error(path(),
                     "the array '" + name + "' is " + header.describe() + ", expected strings with one axis");
  }
  return NpzRows(*this, name).texts(header.shape.empty() ? 1 : header.shape[0]);
}

NpzRows::NpzRows(const NpzFile& npz, const std::string& name)
    : reader_(npz.file_, npz.entry(name)), header_(read_npy_header(reader_, in_file(npz.path(), name))) {}

Matrix<float> NpzRows::columns(Index rows, Index columns) {
  return read_npy_columns(reader_, header_, rows, columns);
}

std::vector<double> NpzRows::numbers(Index rows) { return read_npy_list(reader_, header_, rows); }

std::vector<std::string> NpzRows::texts(Index rows) { return read_npy_texts(reader_, header_, rows); }

}  // namespace cellmnn
