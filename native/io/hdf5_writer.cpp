#include "native/io/hdf5_writer.hpp"

#include "cellmnn/error.hpp"

namespace cellmnn::hdf5 {
namespace {

void check(bool ok) {
  if (!ok) throw Error(ErrorCode::bad_input, "HDF5 cannot write: " + last_error());
}

Id checked(hid_t id) {
  check(id >= 0);
  return Id(id);
}

Id utf8_type() {
  Id type = checked(H5Tcopy(H5T_C_S1));
  H5Tset_size(type.get(), H5T_VARIABLE);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

Id space_of(const std::vector<hsize_t>& shape) {
  return checked(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr));
}

std::vector<const char*> pointers(const std::vector<std::string>& texts) {
  std::vector<const char*> result;
  result.reserve(texts.size());
  for (const std::string& text : texts) result.push_back(text.c_str());
  return result;
}

void write_encoding(const Id& object, const char* encoding, const char* version) {
  write_attribute(object, "encoding-type", std::string(encoding));
  write_attribute(object, "encoding-version", std::string(version));
}

void write_dataset(const Place& place, hid_t type, const std::vector<hsize_t>& shape, const void* values,
                   const char* encoding) {
  // Without times, so that the same data give the same bytes.
  const Id properties = checked(H5Pcreate(H5P_DATASET_CREATE));
  H5Pset_obj_track_times(properties.get(), false);
  const Id space = space_of(shape);
  const Id dataset = checked(H5Dcreate2(place.group.get(), place.name.c_str(), type, space.get(), H5P_DEFAULT,
                                        properties.get(), H5P_DEFAULT));
  const bool empty = H5Sget_simple_extent_npoints(space.get()) == 0;
  check(empty || H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
  write_encoding(dataset, encoding, "0.2.0");
}

std::vector<hsize_t> shape_of(Index rows) { return {static_cast<hsize_t>(rows)}; }

std::vector<hsize_t> shape_of(Index rows, Index columns) {
  return {static_cast<hsize_t>(rows), static_cast<hsize_t>(columns)};
}

}  // namespace

Id create_file() {
  silence_errors();
  constexpr std::size_t growth = std::size_t{1} << 20;
  const Id in_memory = checked(H5Pcreate(H5P_FILE_ACCESS));
  check(H5Pset_fapl_core(in_memory.get(), growth, false) >= 0);
  Id file = checked(H5Fcreate("memory.h5ad", H5F_ACC_TRUNC, H5P_DEFAULT, in_memory.get()));
  const Id root = checked(H5Oopen(file.get(), "/", H5P_DEFAULT));
  write_encoding(root, "anndata", "0.1.0");
  return file;
}

Id create_group(const Place& place, const char* encoding, const char* version) {
  Id group =
      checked(H5Gcreate2(place.group.get(), place.name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  write_encoding(group, encoding, version);
  return group;
}

void write_array(const Place& place, const Vector<double>& values) {
  write_dataset(place, H5T_NATIVE_DOUBLE, shape_of(values.size()), values.data(), "array");
}

void write_array(const Place& place, const Vector<float>& values) {
  write_dataset(place, H5T_NATIVE_FLOAT, shape_of(values.size()), values.data(), "array");
}

void write_array(const Place& place, const Matrix<float>& values) {
  write_dataset(place, H5T_NATIVE_FLOAT, shape_of(values.rows(), values.cols()), values.data(), "array");
}

void write_texts(const Place& place, const std::vector<std::string>& texts) {
  write_dataset(place, utf8_type().get(), shape_of(static_cast<Index>(texts.size())), pointers(texts).data(),
                "string-array");
}

void write_attribute(const Id& object, const char* name, const std::string& text) {
  const Id type = utf8_type();
  const Id space = checked(H5Screate(H5S_SCALAR));
  const Id attribute =
      checked(H5Acreate2(object.get(), name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT));
  const char* value = text.c_str();
  check(H5Awrite(attribute.get(), type.get(), &value) >= 0);
}

void write_attribute(const Id& object, const char* name, const std::vector<std::string>& texts) {
  const Id type = utf8_type();
  const Id space = space_of(shape_of(static_cast<Index>(texts.size())));
  const Id attribute =
      checked(H5Acreate2(object.get(), name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT));
  if (!texts.empty()) check(H5Awrite(attribute.get(), type.get(), pointers(texts).data()) >= 0);
}

std::string image_of(const Id& file) {
  check(H5Fflush(file.get(), H5F_SCOPE_GLOBAL) >= 0);
  const ssize_t size = H5Fget_file_image(file.get(), nullptr, 0);
  check(size >= 0);
  std::string image(static_cast<std::size_t>(size), '\0');
  check(H5Fget_file_image(file.get(), image.data(), image.size()) == size);
  return image;
}

}  // namespace cellmnn::hdf5
