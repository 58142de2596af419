/// Groups, datasets and attributes of a new HDF5 file, written as anndata 0.8 encodes them.
///
/// The file is built in memory: when HDF5 1.10 itself meets a full disk, it crashes at the program's exit.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/types.hpp"
#include "native/io/hdf5_id.hpp"

namespace cellmnn::hdf5 {

/// The place of an element in its group.
struct Place {
  const Id& group;
  std::string name;
};

/// All throw bad_input with HDF5's reason if a part of the file cannot be made.
Id create_file();
Id create_group(const Place& place, const char* encoding, const char* version);
void write_array(const Place& place, const Vector<double>& values);
void write_array(const Place& place, const Vector<float>& values);
void write_array(const Place& place, const Matrix<float>& values);
void write_texts(const Place& place, const std::vector<std::string>& texts);
void write_attribute(const Id& object, const char* name, const std::string& text);
void write_attribute(const Id& object, const char* name, const std::vector<std::string>& texts);

/// The bytes of the file.
std::string image_of(const Id& file);

}  // namespace cellmnn::hdf5
