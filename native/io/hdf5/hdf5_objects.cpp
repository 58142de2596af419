#include "native/io/hdf5/hdf5_objects.hpp"

#include <string>

#include "cellmnn/error.hpp"
#include "native/io/files/output_file.hpp"

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

}  // namespace

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

Id boolean_type() {
  Id type = checked(H5Tenum_create(H5T_NATIVE_INT8));
  for (const std::int8_t value : {std::int8_t{0}, std::int8_t{1}}) {
    check(H5Tenum_insert(type.get(), value == 0 ? "FALSE" : "TRUE", &value) >= 0);
  }
  return type;
}

Id space_of(const std::vector<Index>& shape) {
  const std::vector<hsize_t> extents(shape.begin(), shape.end());
  return checked(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr));
}

Id create_dataset(const Place& place, const Id& type, const Id& space) {
  const Id properties = checked(H5Pcreate(H5P_DATASET_CREATE));
  H5Pset_obj_track_times(properties.get(), false);
  return checked(H5Dcreate2(place.group.get(), place.name.c_str(), type.get(), space.get(), H5P_DEFAULT,
                            properties.get(), H5P_DEFAULT));
}

}  // namespace cellmnn::hdf5
