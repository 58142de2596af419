/// Small .h5ad files, element by element, in any encoding.
///
/// The cells: four of three principal components, value 10 cell + component, at the times 2, 0, 0, 2.
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "native/io/hdf5/hdf5_id.hpp"
#include "native/temp_folder.hpp"

namespace cellmnn {

class H5adFixture {
 public:
  using Id = hdf5::Id;

  enum class Storage { contiguous, gzip };

  H5adFixture() : file_(H5Fcreate(path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)) {}

  std::string path() const { return folder_.file("t.h5ad"); }

  /// Closes the file and returns its path.
  std::string finish() {
    file_.close();
    return path();
  }

  const Id& root() const { return file_; }

  /// Creates the missing groups of a path "a/b".
  Id group(const std::string& name, const std::string& encoding = "") {
    Id group = open_or_create(name);
    if (!encoding.empty()) text_attribute(group, "encoding-type", encoding);
    return group;
  }

  template <typename T>
  Id numbers(const std::string& name, const std::vector<T>& values, std::vector<hsize_t> shape = {},
             Storage storage = Storage::contiguous) {
    if (shape.empty()) shape = {values.size()};
    const Id properties(H5Pcreate(H5P_DATASET_CREATE));
    if (storage == Storage::gzip) {
      const std::vector<hsize_t> chunk(shape.size(), 2);
      H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
      H5Pset_deflate(properties.get(), 6);
    }
    return dataset(name, stored_type<T>(), shape, values.data(), properties);
  }

  Id booleans(const std::string& name, const std::vector<signed char>& values) {
    return dataset(name, boolean_type(), {values.size()}, values.data());
  }

  Id texts(const std::string& name, const std::vector<std::string>& values) {
    return dataset(name, text_type(H5T_VARIABLE), {values.size()}, pointers(values).data());
  }

  Id fixed_texts(const std::string& name, const std::vector<std::string>& values, std::size_t size) {
    std::string bytes;
    for (std::string value : values) {
      value.resize(size);
      bytes += value;
    }
    return dataset(name, text_type(size), {values.size()}, bytes.data());
  }

  Id null(const std::string& name) {
    const Id space(H5Screate(H5S_NULL));
    return Id(H5Dcreate2(file_.get(), name.c_str(), H5T_NATIVE_FLOAT, space.get(), H5P_DEFAULT, H5P_DEFAULT,
                         H5P_DEFAULT));
  }

  Id dataset(const std::string& name, const Id& type, const std::vector<hsize_t>& shape, const void* values,
             const Id& properties = Id(H5Pcreate(H5P_DATASET_CREATE))) {
    if (const auto slash = name.rfind('/'); slash != std::string::npos) group(name.substr(0, slash));
    const Id space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr));
    Id dataset(H5Dcreate2(file_.get(), name.c_str(), type.get(), space.get(), H5P_DEFAULT, properties.get(),
                          H5P_DEFAULT));
    H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    return dataset;
  }

  static void text_attribute(const Id& object, const char* name, const std::string& value) {
    const char* pointer = value.c_str();
    attribute(object, name, text_type(H5T_VARIABLE), Id(H5Screate(H5S_SCALAR)), &pointer);
  }

  static void text_list_attribute(const Id& object, const char* name,
                                  const std::vector<std::string>& values) {
    const hsize_t size = values.size();
    attribute(object, name, text_type(H5T_VARIABLE), Id(H5Screate_simple(1, &size, nullptr)),
              pointers(values).data());
  }

  static void integer_attribute(const Id& object, const char* name, const std::vector<long>& values) {
    const hsize_t size = values.size();
    attribute(object, name, stored_type<long>(), Id(H5Screate_simple(1, &size, nullptr)), values.data());
  }

  static void boolean_attribute(const Id& object, const char* name, bool value) {
    const auto stored = static_cast<signed char>(value);
    attribute(object, name, boolean_type(), Id(H5Screate(H5S_SCALAR)), &stored);
  }

  static Id text_type(std::size_t size) {
    Id type(H5Tcopy(H5T_C_S1));
    H5Tset_size(type.get(), size);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
    return type;
  }

  /// obs with an index and nothing else; obsm with X_pca.
  H5adFixture& with_cells() {
    texts("obs/_index", {"c0", "c1", "c2", "c3"});
    text_attribute(group("obs", "dataframe"), "_index", "_index");
    return with_pca();
  }

  H5adFixture& with_pca(Storage storage = Storage::contiguous) {
    numbers<float>("obsm/X_pca", {0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32}, {4, 3}, storage);
    return *this;
  }

  H5adFixture& with_day() {
    numbers<double>("obs/day", {2, 0, 0, 2});
    return *this;
  }

  H5adFixture& with_genes(const std::vector<std::string>& genes = {"g0", "g1"}) {
    texts("var/_index", genes);
    text_attribute(group("var", "dataframe"), "_index", "_index");
    return *this;
  }

 private:
  static std::vector<const char*> pointers(const std::vector<std::string>& values) {
    std::vector<const char*> result;
    result.reserve(values.size());
    for (const std::string& value : values) result.push_back(value.c_str());
    return result;
  }

  /// h5py's type of booleans.
  static Id boolean_type() {
    Id type(H5Tenum_create(H5T_NATIVE_SCHAR));
    const signed char no = 0, yes = 1;
    H5Tenum_insert(type.get(), "FALSE", &no);
    H5Tenum_insert(type.get(), "TRUE", &yes);
    return type;
  }

  template <typename T>
  static Id stored_type() {
    if constexpr (std::is_same_v<T, float>) return Id(H5Tcopy(H5T_IEEE_F32LE));
    if constexpr (std::is_same_v<T, double>) return Id(H5Tcopy(H5T_IEEE_F64LE));
    if constexpr (std::is_same_v<T, signed char>) return Id(H5Tcopy(H5T_STD_I8LE));
    if constexpr (std::is_same_v<T, unsigned char>) return Id(H5Tcopy(H5T_STD_U8LE));
    if constexpr (std::is_same_v<T, int>) return Id(H5Tcopy(H5T_STD_I32LE));
    if constexpr (std::is_same_v<T, long>) return Id(H5Tcopy(H5T_STD_I64LE));
  }

  static void attribute(const Id& object, const char* name, const Id& type, const Id& space,
                        const void* value) {
    const Id attribute(H5Acreate2(object.get(), name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT));
    H5Awrite(attribute.get(), type.get(), value);
  }

  Id open_or_create(const std::string& name) {
    for (std::size_t slash = name.find('/');; slash = name.find('/', slash + 1)) {
      const std::string part = name.substr(0, slash);
      if (H5Lexists(file_.get(), part.c_str(), H5P_DEFAULT) <= 0) {
        Id(H5Gcreate2(file_.get(), part.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
      }
      if (slash == std::string::npos) break;
    }
    return Id(H5Gopen2(file_.get(), name.c_str(), H5P_DEFAULT));
  }

  TempFolder folder_;
  Id file_;
};

}  // namespace cellmnn
