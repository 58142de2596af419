/// .npz files whose arrays are written side by side.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "native/io/files/zip_parts.hpp"
#include "native/io/numpy/npy.hpp"

namespace cellmnn {

/// Arrays whose types and shapes are known from the start. Each is written piece by piece, row-major, and
/// nothing large is in memory. The file is not compressed, and appears when it is finished.
class NpzParts {
 public:
  struct Array {
    std::string name, dtype;  ///< as in NpyHeader: "<f4", "<f8", "|b1", "<U12"
    std::vector<Index> shape;
  };
  NpzParts(const std::string& path, const std::vector<Array>& arrays);

  /// The next bytes of the array at a place of the list.
  void write(std::size_t array, std::string_view bytes) { zip_.write(array, bytes); }

  void finish() { zip_.finish(); }

 private:
  ZipParts zip_;
};

}  // namespace cellmnn
