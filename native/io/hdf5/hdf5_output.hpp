/// An HDF5 file that appears when it is whole.
#pragma once

#include <functional>
#include <string>

#include "native/io/files/output_file.hpp"
#include "native/io/hdf5/hdf5_id.hpp"

namespace cellmnn::hdf5 {

/// A new file, or a copy of another one to which is added. Failures are bad_input with its name and HDF5's
/// reason.
class NewFile {
 public:
  explicit NewFile(const std::string& path);
  NewFile(const std::string& path, const std::string& copied);

  /// Calls write(file), any number of times.
  void write(const std::function<void(const Id& file)>& write);

  /// Ends the writing: the file gets its name.
  void finish();

 private:
  void with_its_name(const std::function<void()>& work) const;

  std::string path_, copied_;
  PendingFile pending_;
  Id file_;
};

}  // namespace cellmnn::hdf5
