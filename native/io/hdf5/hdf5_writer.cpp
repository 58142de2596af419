#include "native/io/hdf5/hdf5_writer.hpp"

#include <filesystem>

#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/hdf5/hdf5_guard.hpp"

namespace cellmnn::hdf5 {
namespace {

/// After a full disk HDF5 1.10 crashes when it tries again at the program's exit. This runs before HDF5
/// starts.
[[maybe_unused]] const herr_t kNoWorkAtExit = H5dont_atexit();

/// HDF5's own words, unless the system has a reason.
std::string reason_of_failure() {
  const int code = last_errno();
  return code == 0 ? "HDF5 cannot write: " + last_error() : "cannot be written: " + reason_of(code);
}

void check(bool ok) {
  if (!ok) throw Error(ErrorCode::bad_input, reason_of_failure());
}

bool is_yes(htri_t answer) {
  check(answer >= 0);
  return answer > 0;
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

Id space_of(const std::vector<Index>& shape) {
  const std::vector<hsize_t> extents(shape.begin(), shape.end());
  return checked(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr));
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

/// Without times, so that the same data give the same bytes.
Id create_dataset(const Place& place, const Id& type, const Id& space) {
  const Id properties = checked(H5Pcreate(H5P_DATASET_CREATE));
  H5Pset_obj_track_times(properties.get(), false);
  return checked(H5Dcreate2(place.group.get(), place.name.c_str(), type.get(), space.get(), H5P_DEFAULT,
                            properties.get(), H5P_DEFAULT));
}

/// Small values are written only when a dataset is closed, and never again.
void close_dataset(Id& dataset) { check(dataset.close()); }

void write_dataset(const Place& place, const Id& type, const Id& space, const void* values,
                   const char* encoding) {
  Id dataset = create_dataset(place, type, space);
  const bool empty = H5Sget_simple_extent_npoints(space.get()) == 0;
  check(empty || H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
  write_encoding(dataset, encoding, "0.2.0");
  close_dataset(dataset);
}

template <typename T>
Id type_of() {
  return checked(H5Tcopy(native_type<T>()));
}

/// h5py's type of booleans.
Id boolean_type() {
  Id type = checked(H5Tenum_create(H5T_NATIVE_INT8));
  for (const std::int8_t value : {std::int8_t{0}, std::int8_t{1}}) {
    check(H5Tenum_insert(type.get(), value == 0 ? "FALSE" : "TRUE", &value) >= 0);
  }
  return type;
}

void write_attribute(const Id& object, const char* name, const Id& type, const Id& space, const void* value) {
  const Id attribute =
      checked(H5Acreate2(object.get(), name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT));
  if (H5Sget_simple_extent_npoints(space.get()) > 0) {
    check(H5Awrite(attribute.get(), type.get(), value) >= 0);
  }
}

Id open_root(const Id& file) { return checked(H5Oopen(file.get(), "/", H5P_DEFAULT)); }

/// Lets write(file) fill the file open(name), which gets the name `path` when it is whole.
template <typename Open>
void write_pending(const std::string& path, const Open& open,
                   const std::function<void(const Id& file)>& write) {
  silence_errors();
  PendingFile pending(path);
  try {
    Id file = open(pending.name());
    write(file);
    check(H5Fflush(file.get(), H5F_SCOPE_GLOBAL) >= 0);
    check(file.close());
  } catch (const Error& error) {
    throw file_error(path, error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    throw file_error(path, "cannot be written: " + reason_of(error.code().value()));
  }
  pending.finish();
}

}  // namespace

void write_file(const std::string& path, const std::function<void(const Id& file)>& write) {
  const auto create = [](const std::string& name) {
    Id file = checked(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
    write_encoding(open_root(file), "anndata", "0.1.0");
    return file;
  };
  write_pending(path, create, write);
}

void write_copy(const std::string& input, const std::string& path,
                const std::function<void(const Id& file)>& write) {
  const Guard guard(input);
  const auto copy = [&](const std::string& name) {
    std::filesystem::copy_file(input, name);
    std::filesystem::permissions(name, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
    return checked(H5Fopen(name.c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
  };
  write_pending(path, copy, write);
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

template <typename T>
ArrayWriter<T>::ArrayWriter(const Place& place, const std::vector<Index>& shape)
    : shape_(shape.begin(), shape.end()), dataset_(create_dataset(place, type_of<T>(), space_of(shape))) {
  write_encoding(dataset_, "array", "0.2.0");
}

template <typename T>
void ArrayWriter<T>::append(const T* values, Index rows) {
  std::vector<hsize_t> start(shape_.size(), 0), extent = shape_;
  start[0] = static_cast<hsize_t>(written_);
  extent[0] = static_cast<hsize_t>(rows);
  written_ += rows;
  const Id in_file = checked(H5Dget_space(dataset_.get()));
  const Id in_memory = checked(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr));
  if (H5Sget_simple_extent_npoints(in_memory.get()) == 0) return;
  check(H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr) >=
        0);
  check(H5Dwrite(dataset_.get(), native_type<T>(), in_memory.get(), in_file.get(), H5P_DEFAULT, values) >= 0);
}

template <typename T>
void ArrayWriter<T>::close() {
  close_dataset(dataset_);
}

template class ArrayWriter<float>;
template class ArrayWriter<std::int32_t>;
template class ArrayWriter<std::int64_t>;

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

Id create_categorical(const Place& place, const std::vector<std::int32_t>& codes, bool ordered) {
  Id group = create_group(place, "categorical", "0.2.0");
  const auto flag = static_cast<std::int8_t>(ordered);
  write_attribute(group, "ordered", boolean_type(), checked(H5Screate(H5S_SCALAR)), &flag);
  write_array({group, "codes"}, {static_cast<Index>(codes.size())}, codes.data());
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

Id create_frame(const Place& place, const std::vector<std::string>& index,
                const std::vector<std::string>& columns) {
  Id frame = create_group(place, "dataframe", "0.2.0");
  write_attribute(frame, "_index", std::string("index"));
  write_attribute(frame, "column-order", columns);
  write_texts({frame, "index"}, index);
  return frame;
}

}  // namespace cellmnn::hdf5
