#include "native/io/hdf5/zstd_filter.hpp"

#include <zstd.h>

#include <vector>

#include "native/io/hdf5/filter_chunk.hpp"
#include "native/io/hdf5/hdf5_id.hpp"

namespace cellmnn {
namespace {

constexpr H5Z_filter_t kZstd = 32015;  // registered with the HDF Group
std::size_t expected_bytes = 0;        // of a chunk

std::size_t decompress_zstd_chunk(unsigned flags, std::size_t, const unsigned*, std::size_t bytes,
                                  std::size_t* capacity, void** buffer) {
  if ((flags & H5Z_FLAG_REVERSE) == 0) return 0;
  const auto chunk = zstd_decompressed({static_cast<const char*>(*buffer), bytes}, expected_bytes);
  if (!chunk || chunk->empty()) return 0;
  return hdf5::replace_chunk(*chunk, capacity, buffer);
}

}  // namespace

std::optional<std::string> zstd_decompressed(std::string_view data, std::size_t expected) {
  // Of another size HDF5 would read on behind its end, or fill the memory.
  if (ZSTD_getFrameContentSize(data.data(), data.size()) != expected) return std::nullopt;
  std::string out(expected, '\0');
  if (ZSTD_decompress(out.data(), out.size(), data.data(), data.size()) != expected) return std::nullopt;
  return out;
}

void register_zstd_filter() {
  static const bool registered = [] {
    const H5Z_class2_t filter = {H5Z_CLASS_T_VERS, kZstd,   0,       1,
                                 "zstd",           nullptr, nullptr, decompress_zstd_chunk};
    return H5Zregister(&filter) >= 0;
  }();
  (void)registered;
}

void expect_chunks_of(hid_t dataset) {
  expected_bytes = 0;
  const hdf5::Id layout(H5Dget_create_plist(dataset));
  if (!layout || H5Pget_layout(layout.get()) != H5D_CHUNKED) return;
  std::vector<hsize_t> chunk(H5S_MAX_RANK);
  const int axes = H5Pget_chunk(layout.get(), static_cast<int>(chunk.size()), chunk.data());
  expected_bytes = H5Tget_size(hdf5::Id(H5Dget_type(dataset)).get());
  for (int axis = 0; axis < axes; ++axis) expected_bytes *= chunk[static_cast<std::size_t>(axis)];
}

}  // namespace cellmnn
