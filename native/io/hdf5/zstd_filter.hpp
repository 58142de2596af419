/// Decompression of chunks that hdf5plugin has compressed by Zstandard, a filter HDF5 itself does not have.
#pragma once

#include <hdf5.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cellmnn {

/// The bytes behind a Zstandard frame, or nothing if it is damaged or does not hold `expected` bytes.
std::optional<std::string> zstd_decompressed(std::string_view data, std::size_t expected);

/// Makes HDF5 use it for reading.
void register_zstd_filter();

/// Says which dataset is read next: the size of its chunks, which nothing tells a filter, is what a frame
/// must hold. Datasets are read one at a time.
void expect_chunks_of(hid_t dataset);

}  // namespace cellmnn
