#include "native/io/hdf5/hdf5_writer.hpp"

#include "native/io/hdf5/hdf5_objects.hpp"
#include "native/io/hdf5/hdf5_output.hpp"

namespace cellmnn::hdf5 {
namespace {

void write_dataset(const Place& place, const Id& type, const Id& space, const void* values,
                   const char* encoding) {
  Id dataset = create_dataset(place, type, space);
  const bool empty = H5Sget_simple_extent_npoints(space.get()) == 0;
  check(empty || H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
  write_encoding(dataset, encoding, "0.2.0");
  check(dataset.close());  // small values are written only now, and never again
}

void write_attribute(const Id& object, const char* name, const Id& type, const Id& space, const void* value) {
  const Id attribute =
      checked(H5Acreate2(object.get(), name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT));
  if (H5Sget_simple_extent_npoints(space.get()) > 0) {
    check(H5Awrite(attribute.get(), type.get(), value) >= 0);
  }
}

}  // namespace

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

void write_file(const std::string& path, const std::function<void(const Id& file)>& write) {
  NewFile file(path);
  file.write(write);
  file.finish();
}

void write_copy(const std::string& input, const std::string& path,
                const std::function<void(const Id& file)>& write) {
  NewFile file(path, input);
  file.write(write);
  file.finish();
}

Id create_group(const Place& place, const char* encoding, const char* version) {
  Id group =
      checked(H5Gcreate2(place.group.get(), place.name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  write_encoding(group, encoding, version);
  return group;
}

Id create_dict(const Place& place) { return create_group(place, "dict", "0.1.0"); }

Id open_or_create_dict(const Place& place) {
  if (!is_yes(H5Lexists(place.group.get(), place.name.c_str(), H5P_DEFAULT))) return create_dict(place);
  return checked(H5Gopen2(place.group.get(), place.name.c_str(), H5P_DEFAULT));
}

template <typename T>
void write_array(const Place& place, const std::vector<Index>& shape, const T* values) {
  write_dataset(place, type_of<T>(), space_of(shape), values, "array");
}
template void write_array(const Place&, const std::vector<Index>&, const float*);
template void write_array(const Place&, const std::vector<Index>&, const double*);
template void write_array(const Place&, const std::vector<Index>&, const std::int32_t*);
template void write_array(const Place&, const std::vector<Index>&, const std::int64_t*);

void write_array(const Place& place, const Vector<double>& values) {
  write_array(place, {values.size()}, values.data());
}

void write_array(const Place& place, const Vector<float>& values) {
  write_array(place, {values.size()}, values.data());
}

void write_array(const Place& place, const Matrix<float>& values) {
  write_array(place, {values.rows(), values.cols()}, values.data());
}

void write_array(const Place& place, const std::vector<bool>& values) {
  const std::vector<std::int8_t> bytes(values.begin(), values.end());
  write_dataset(place, boolean_type(), space_of({static_cast<Index>(bytes.size())}), bytes.data(), "array");
}

void write_texts(const Place& place, const std::vector<std::string>& texts) {
  write_dataset(place, utf8_type(), space_of({static_cast<Index>(texts.size())}), pointers(texts).data(),
                "string-array");
}

Id create_categorical(const Place& place, bool ordered) {
  Id group = create_group(place, "categorical", "0.2.0");
  const auto flag = static_cast<std::int8_t>(ordered);
  write_attribute(group, "ordered", boolean_type(), checked(H5Screate(H5S_SCALAR)), &flag);
  return group;
}

void write_number(const Place& place, double value) {
  write_dataset(place, type_of<double>(), checked(H5Screate(H5S_SCALAR)), &value, "numeric-scalar");
}

void write_text(const Place& place, const std::string& text) {
  const char* value = text.c_str();
  write_dataset(place, utf8_type(), checked(H5Screate(H5S_SCALAR)), &value, "string");
}

void write_attribute(const Id& object, const char* name, const std::string& text) {
  const char* value = text.c_str();
  write_attribute(object, name, utf8_type(), checked(H5Screate(H5S_SCALAR)), &value);
}

void write_attribute(const Id& object, const char* name, const std::vector<std::string>& texts) {
  write_attribute(object, name, utf8_type(), space_of({static_cast<Index>(texts.size())}),
                  pointers(texts).data());
}

void write_attribute(const Id& object, const char* name, const std::vector<std::int64_t>& numbers) {
  write_attribute(object, name, type_of<std::int64_t>(), space_of({static_cast<Index>(numbers.size())}),
                  numbers.data());
}

void remove(const Place& place) {
  if (!is_yes(H5Lexists(place.group.get(), place.name.c_str(), H5P_DEFAULT))) return;
  check(H5Ldelete(place.group.get(), place.name.c_str(), H5P_DEFAULT) >= 0);
}

void remove_attribute(const Id& object, const char* name) {
  if (is_yes(H5Aexists(object.get(), name))) check(H5Adelete(object.get(), name) >= 0);
}

Id create_frame(const Place& place, const std::vector<std::string>& columns) {
  Id frame = create_group(place, "dataframe", "0.2.0");
  write_attribute(frame, "_index", std::string("index"));
  write_attribute(frame, "column-order", columns);
  return frame;
}

Id create_frame(const Place& place, const std::vector<std::string>& index,
                const std::vector<std::string>& columns) {
  Id frame = create_frame(place, columns);
  write_texts({frame, "index"}, index);
  return frame;
}

}  // namespace cellmnn::hdf5
