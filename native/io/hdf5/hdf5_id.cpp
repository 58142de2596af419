#include "native/io/hdf5/hdf5_id.hpp"

#include <cstdlib>
#include <string_view>

namespace cellmnn::hdf5 {

std::string last_error() {
  std::string description;
  // Upward from the innermost function: the first entry says most.
  const auto keep_first = [](unsigned position, const H5E_error2_t* error, void* text) -> herr_t {
    if (position == 0 && error->desc != nullptr) *static_cast<std::string*>(text) = error->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &description);
  return description.empty() ? "unknown error" : description;
}

int last_errno() {
  const std::string words = last_error();  // "..., errno = 28, error message = ..."
  constexpr std::string_view kErrno = "errno = ";
  const std::size_t found = words.find(kErrno);
  return found == std::string::npos ? 0 : std::atoi(words.c_str() + found + kErrno.size());
}

}  // namespace cellmnn::hdf5
