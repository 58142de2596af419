#include "native/io/hdf5/lzf_filter.hpp"

#include <hdf5.h>

#include "native/io/hdf5/filter_chunk.hpp"

namespace cellmnn {
namespace {

constexpr H5Z_filter_t kLzf = 32000;        // registered with the HDF Group by h5py
constexpr std::size_t kMaxRatio = 264 / 3;  // the longest copy takes 3 bytes

std::size_t decompress_chunk(unsigned flags, std::size_t option_count, const unsigned* options,
                             std::size_t bytes, std::size_t* capacity, void** buffer) {
  if ((flags & H5Z_FLAG_REVERSE) == 0) return 0;
  // The third option is the chunk's size; h5py leaves it out for strings of variable length.
  const bool known = option_count > 2 && options[2] > 0;
  const std::size_t limit = known ? options[2] : bytes * kMaxRatio;
  const auto chunk = lzf_decompressed({static_cast<const char*>(*buffer), bytes}, limit);
  // HDF5 does not ask how long the chunk became: of a short one it would read on behind its end.
  if (!chunk || chunk->empty() || (known && chunk->size() != limit)) return 0;
  return hdf5::replace_chunk(*chunk, capacity, buffer);
}

}  // namespace

std::optional<std::string> lzf_decompressed(std::string_view data, std::size_t limit) {
  std::string out;
  const auto next = [&]() -> std::size_t {
    const auto byte = static_cast<unsigned char>(data.front());
    data.remove_prefix(1);
    return byte;
  };
  while (!data.empty()) {
    const std::size_t control = next();
    if (control < 32) {  // a run of control + 1 literal bytes
      const std::size_t length = control + 1;
      if (length > data.size() || length > limit - out.size()) return std::nullopt;
      out.append(data.substr(0, length));
      data.remove_prefix(length);
      continue;
    }
    // A copy of bytes already written: 3 bits of length, 13 bits of distance, 8 more bits of a long length.
    std::size_t length = (control >> 5) + 2;
    if (data.size() < (length == 9 ? 2U : 1U)) return std::nullopt;
    if (length == 9) length += next();
    const std::size_t distance = ((control & 31U) << 8) + next() + 1;
    if (distance > out.size() || length > limit - out.size()) return std::nullopt;
    for (std::size_t from = out.size() - distance; length > 0; --length) out += out[from++];
  }
  return out;
}

void register_lzf_filter() {
  static const bool registered = [] {
    const H5Z_class2_t filter = {H5Z_CLASS_T_VERS, kLzf, 0, 1, "lzf", nullptr, nullptr, decompress_chunk};
    return H5Zregister(&filter) >= 0;
  }();
  (void)registered;
}

}  // namespace cellmnn
