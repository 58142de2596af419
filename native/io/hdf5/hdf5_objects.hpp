/// HDF5's types, spaces and new datasets, checked. All throw bad_input with HDF5's reason.
#pragma once

#include <vector>

#include "cellmnn/types.hpp"
#include "native/io/hdf5/hdf5_id.hpp"
#include "native/io/hdf5/hdf5_writer.hpp"

namespace cellmnn::hdf5 {

void check(bool ok);
bool is_yes(htri_t answer);
Id checked(hid_t id);

Id utf8_type();
Id boolean_type();  ///< that of h5py

template <typename T>
Id type_of() {
  return checked(H5Tcopy(native_type<T>()));
}

Id space_of(const std::vector<Index>& shape);

/// Without times, so that the same data give the same bytes.
Id create_dataset(const Place& place, const Id& type, const Id& space);

}  // namespace cellmnn::hdf5
