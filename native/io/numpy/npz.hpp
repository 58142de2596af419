/// .npz files: zip archives of .npy arrays.
#pragma once

#include <string>
#include <string_view>
#include <vector>
#include <xtensor/xarray.hpp>

#include "native/io/numpy/npy.hpp"

namespace cellmnn {

class NpzFile {
 public:
  struct Array {
    std::string name;
    NpyHeader header;
  };

  explicit NpzFile(const std::string& path);

  const std::string& path() const { return file_.path(); }
  const std::vector<Array>& arrays() const { return arrays_; }
  bool has(const std::string& name) const;

  /// Throws bad_input with the names that exist.
  const NpyHeader& header(const std::string& name) const;

  /// The values of a numeric array, row-major.
  xt::xarray<double> numbers(const std::string& name) const;

  /// The first `columns` columns of a numeric array with two axes, without the others in memory.
  Matrix<float> columns(const std::string& name, Index columns) const;

  /// The values of an array of strings with one axis.
  std::vector<std::string> texts(const std::string& name) const;

 private:
  friend class NpzRows;
  const ZipEntry& entry(const std::string& name) const;

  InputFile file_;
  std::vector<ZipEntry> entries_;
  std::vector<Array> arrays_;  // of entries_, in the same order
};

/// The rows of an array from the first to the last, some at a time. Whether the array holds what is asked for
/// is to be known from its header.
class NpzRows {
 public:
  /// `npz` must outlive it.
  NpzRows(const NpzFile& npz, const std::string& name);

  const NpyHeader& header() const { return header_; }

  /// The first `columns` columns of the next rows of an array with two axes. Where it is in Fortran's order
  /// all rows are to be read at once.
  Matrix<float> columns(Index rows, Index columns);

  /// The next values of an array with one axis.
  std::vector<double> numbers(Index rows);
  std::vector<std::string> texts(Index rows);

 private:
  ZipEntryReader reader_;
  NpyHeader header_;
};

}  // namespace cellmnn
