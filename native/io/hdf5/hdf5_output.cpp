#include "native/io/hdf5/hdf5_output.hpp"

#include <filesystem>
#include <optional>

#include "native/io/files/input_file.hpp"
#include "native/io/hdf5/hdf5_guard.hpp"
#include "native/io/hdf5/hdf5_objects.hpp"

namespace cellmnn::hdf5 {

NewFile::NewFile(const std::string& path) : path_(path), pending_(path) {
  silence_errors();
  with_its_name([&] {
    file_ = checked(H5Fcreate(pending_.name().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
    write_encoding(checked(H5Oopen(file_.get(), "/", H5P_DEFAULT)), "anndata", "0.1.0");
  });
}

NewFile::NewFile(const std::string& path, const std::string& copied)
    : path_(path), copied_(copied), pending_(path) {
  silence_errors();
  with_its_name([&] {
    std::filesystem::copy_file(copied, pending_.name());
    std::filesystem::permissions(pending_.name(), std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
    file_ = checked(H5Fopen(pending_.name().c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
  });
}

void NewFile::with_its_name(const std::function<void()>& work) const {
  std::optional<Guard> guard;  // the copied file may be damaged
  if (!copied_.empty()) guard.emplace(copied_);
  try {
    work();
  } catch (const Error& error) {
    throw file_error(path_, error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    throw file_error(path_, "cannot be written: " + reason_of(error.code().value()));
  }
}

void NewFile::write(const std::function<void(const Id& file)>& write) {
  with_its_name([&] { write(file_); });
}

void NewFile::finish() {
  with_its_name([&] {
    check(H5Fflush(file_.get(), H5F_SCOPE_GLOBAL) >= 0);
    check(file_.close());
  });
  pending_.finish();
}

}  // namespace cellmnn::hdf5
