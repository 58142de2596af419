/// Datasets that are written some rows at a time.
#pragma once

#include <string>
#include <vector>

#include "native/io/hdf5/hdf5_writer.hpp"

namespace cellmnn::hdf5 {

/// A dataset with a known number of rows, one axis or two. The functions throw as those of hdf5_writer.hpp.
class Rows {
 public:
  /// T is float, double, std::int32_t or std::int64_t.
  template <typename T>
  static Rows of_numbers(const Place& place, const std::vector<Index>& shape);
  static Rows of_flags(const Place& place, Index rows);
  static Rows of_texts(const Place& place, Index rows);

  /// The next rows, of the type it was made for.
  void add(Index rows, const void* values);
  void add(const std::vector<bool>& flags);
  void add(const std::vector<std::string>& texts);

  /// After the last row.
  void finish();

 private:
  Rows(const Place& place, Id type, std::vector<Index> shape, const char* encoding);

  Id type_, dataset_;
  std::vector<Index> shape_;
  Index row_ = 0;
};

}  // namespace cellmnn::hdf5
