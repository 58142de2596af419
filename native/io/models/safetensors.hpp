/// The safetensors container: named arrays of F32 and F64, and text metadata.
///
/// Layout: the header's length (8 bytes, little-endian), the header (JSON), the values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

struct SafeTensor {
  std::vector<Index> shape;
  std::variant<std::vector<float>, std::vector<double>> values;  ///< row-major
};

struct SafeTensors {
  std::map<std::string, std::string> metadata;
  std::map<std::string, SafeTensor> tensors;
};

/// The same bytes for the same content. The F64 tensors come first, so that all are aligned.
std::string safetensors_bytes(const SafeTensors& content);

/// Throws bad_input, beginning with `path`, for anything that is not exactly such a file: sizes out of
/// range, other dtypes, gaps or overlaps between tensors.
SafeTensors parse_safetensors(std::string_view bytes, const std::string& path);

}  // namespace cellmnn
