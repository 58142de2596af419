#include "native/io/hdf5/hdf5_texts.hpp"

#include <cstring>

namespace cellmnn::hdf5 {

std::vector<std::string> take_texts(const Id& type, std::size_t count, std::vector<char>& memory) {
  const std::size_t size = H5Tget_size(type.get());
  const bool variable = H5Tis_variable_str(type.get()) > 0;
  const bool space_padded = H5Tget_strpad(type.get()) == H5T_STR_SPACEPAD;
  std::vector<std::string> texts;
  texts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* item = memory.data() + i * size;
    if (variable) {
      char* text = nullptr;
      std::memcpy(&text, item, sizeof text);
      const HdfString owner(text);
      texts.emplace_back(text == nullptr ? "" : text);
    } else {
      texts.emplace_back(item, ::strnlen(item, size));
      if (space_padded) texts.back().erase(texts.back().find_last_not_of(' ') + 1);
    }
  }
  return texts;
}

}  // namespace cellmnn::hdf5
