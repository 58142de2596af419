/// Bytes in the format of gzip.
#pragma once

#include <string>
#include <string_view>

namespace cellmnn {

/// As small as zlib makes them; without a date, so that the same bytes always give the same.
std::string gzipped(std::string_view bytes);

}  // namespace cellmnn
