/// Groups, datasets and attributes of an HDF5 file, written as anndata 0.8 encodes them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cellmnn/types.hpp"
#include "native/io/hdf5/hdf5_id.hpp"

namespace cellmnn::hdf5 {

/// The place of an element in its group.
struct Place {
  const Id& group;
  std::string name;
};

/// A new file, which appears when it is whole: write(file) fills it. Throws bad_input with HDF5's reason if
/// a part cannot be written, as all functions below do.
void write_file(const std::string& path, const std::function<void(const Id& file)>& write);

/// The same for a copy of the file `input`: write(file) adds to it.
void write_copy(const std::string& input, const std::string& path,
                const std::function<void(const Id& file)>& write);

/// What an object is, as anndata asks.
void write_encoding(const Id& object, const char* encoding, const char* version);

/// The texts as C sees them.
std::vector<const char*> pointers(const std::vector<std::string>& texts);

Id create_group(const Place& place, const char* encoding, const char* version);
Id create_dict(const Place& place);
Id open_or_create_dict(const Place& place);

/// T is float, double, std::int32_t or std::int64_t.
template <typename T>
void write_array(const Place& place, const std::vector<Index>& shape, const T* values);
void write_array(const Place& place, const Vector<double>& values);
void write_array(const Place& place, const Vector<float>& values);
void write_array(const Place& place, const Matrix<float>& values);
void write_array(const Place& place, const std::vector<bool>& values);
void write_texts(const Place& place, const std::vector<std::string>& texts);

/// A categorical column, without its codes and categories: they are to be written as "codes" (std::int32_t)
/// and "categories" into the group.
Id create_categorical(const Place& place, bool ordered);
void write_number(const Place& place, double value);
void write_text(const Place& place, const std::string& text);
void write_attribute(const Id& object, const char* name, const std::string& text);
void write_attribute(const Id& object, const char* name, const std::vector<std::string>& texts);
void write_attribute(const Id& object, const char* name, const std::vector<std::int64_t>& numbers);

/// Does nothing if there is no such element or attribute.
void remove(const Place& place);
void remove_attribute(const Id& object, const char* name);

/// A data frame without its index, which is to be written into it under the name `index`, where older readers
/// look for it.
Id create_frame(const Place& place, const std::vector<std::string>& columns);

/// The same with its index.
Id create_frame(const Place& place, const std::vector<std::string>& index,
                const std::vector<std::string>& columns);

}  // namespace cellmnn::hdf5
