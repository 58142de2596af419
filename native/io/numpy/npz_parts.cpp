#include "native/io/numpy/npz_parts.hpp"

namespace cellmnn {
namespace {

std::vector<ZipParts::Part> parts_of(const std::vector<NpzParts::Array>& arrays) {
  std::vector<ZipParts::Part> parts;
  for (const NpzParts::Array& array : arrays) {
    auto bytes = static_cast<std::uint64_t>(NpyHeader{array.dtype, false, array.shape}.item_bytes());
    for (const Index extent : array.shape) bytes *= static_cast<std::uint64_t>(extent);
    parts.push_back({array.name + ".npy", npy_header_bytes(array.dtype, array.shape).size() + bytes});
  }
  return parts;
}

}  // namespace

NpzParts::NpzParts(const std::string& path, const std::vector<Array>& arrays) : zip_(path, parts_of(arrays)) {
  for (std::size_t i = 0; i < arrays.size(); ++i)
    write(i, npy_header_bytes(arrays[i].dtype, arrays[i].shape));
}

}  // namespace cellmnn
