/// Ownership of the handles of HDF5's C API, and its errors as text.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace cellmnn::hdf5 {

/// A counted reference to an open HDF5 object of any kind; closed with the last reference.
class Id {
 public:
  Id() = default;
  explicit Id(hid_t id) : id_(id) {}
  Id(const Id& other) : id_(other.id_) {
    if (*this) H5Iinc_ref(id_);
  }
  Id(Id&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Id& operator=(Id other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Id() {
    if (*this) H5Idec_ref(id_);
  }

  hid_t get() const { return id_; }
  explicit operator bool() const { return id_ >= 0; }

  /// Closes the object now; false if HDF5 could not.
  bool close() { return H5Idec_ref(std::exchange(id_, H5I_INVALID_HID)) >= 0; }

 private:
  hid_t id_ = H5I_INVALID_HID;
};

/// Turns off HDF5's own printing of errors on this thread.
inline void silence_errors() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

/// The innermost description of HDF5's last failure on this thread.
std::string last_error();

/// The errno in that description, or 0: whether the system has failed, and not the file.
int last_errno();

/// HDF5's name of a C++ type in memory.
template <typename T>
hid_t native_type() {
  if constexpr (std::is_same_v<T, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<T, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_NATIVE_INT32;
}

}  // namespace cellmnn::hdf5
