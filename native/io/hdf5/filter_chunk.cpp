#include "native/io/hdf5/filter_chunk.hpp"

#include <hdf5.h>

#include <cstring>

namespace cellmnn::hdf5 {

std::size_t replace_chunk(const std::string& chunk, std::size_t* capacity, void** buffer) {
  void* memory = H5allocate_memory(chunk.size(), false);
  if (memory == nullptr) return 0;
  std::memcpy(memory, chunk.data(), chunk.size());
  H5free_memory(*buffer);
  *buffer = memory;
  *capacity = chunk.size();
  return chunk.size();
}

}  // namespace cellmnn::hdf5
