/// Groups, datasets and attributes of a new HDF5 file, written as anndata 0.8 encodes them.
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

/// Throws bad_input if a part of the file cannot be written; the message gives HDF5's reason.
Id create_file(const std::string& path);
Id create_group(const Place& place, const char* encoding, const char* version);
void write_array(const Place& place, const Vector<double>& values);
void write_array(const Place& place, const Vector<float>& values);
void write_array(const Place& place, const Matrix<float>& values);
void write_texts(const Place& place, const std::vector<std::string>& texts);
void write_attribute(const Id& object, const char* name, const std::string& text);
void write_attribute(const Id& object, const char* name, const std::vector<std::string>& texts);

/// Writes all that is buffered and closes the file.
void close_file(Id file);

}  // namespace cellmnn::hdf5
