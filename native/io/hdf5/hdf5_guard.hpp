/// HDF5 can crash, loop for ever or fill the memory on damaged files: its texts are the usual place.
#pragma once

#include <cstdint>
#include <string>

namespace cellmnn::hdf5 {

/// While one lives, a crash, or far more time of the processor than reading a file of `file_bytes` can need,
/// ends the program: one sentence that names the file, and the exit code of bad input. HDF5 has no other way
/// out. Memory beyond what such a file can need is not given, which HDF5 and this program report.
class Guard {
 public:
  Guard(const std::string& path, std::uint64_t file_bytes);
  explicit Guard(const std::string& path);  ///< against crashes only
  ~Guard();
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  bool limits_memory_ = false;
};

}  // namespace cellmnn::hdf5
