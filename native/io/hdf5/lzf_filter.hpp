/// Decompression of chunks that h5py has compressed by LZF, a filter HDF5 itself does not have.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cellmnn {

/// The bytes behind LZF-compressed data, or nothing if these are damaged or larger than `limit`.
std::optional<std::string> lzf_decompressed(std::string_view data, std::size_t limit);

/// Makes HDF5 use it for reading.
void register_lzf_filter();

}  // namespace cellmnn
