/// Strings that HDF5 has read.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "native/io/hdf5/hdf5_id.hpp"

namespace cellmnn::hdf5 {

/// A string that HDF5 allocated.
struct HdfFree {
  void operator()(char* text) const { H5free_memory(text); }
};
using HdfString = std::unique_ptr<char, HdfFree>;

/// Texts from memory in which HDF5 has put `count` strings of type `type`; frees what HDF5 allocated.
std::vector<std::string> take_texts(const Id& type, std::size_t count, std::vector<char>& memory);

}  // namespace cellmnn::hdf5
