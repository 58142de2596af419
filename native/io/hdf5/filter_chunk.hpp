/// What filters of HDF5 have in common.
#pragma once

#include <cstddef>
#include <string>

namespace cellmnn::hdf5 {

/// Puts a decompressed chunk in the place of what HDF5 gave to a filter. Returns its size, or 0 if there is
/// no memory for it: what the filter has to return.
std::size_t replace_chunk(const std::string& chunk, std::size_t* capacity, void** buffer);

}  // namespace cellmnn::hdf5
