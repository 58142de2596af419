/// Work that several processes share out.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace cellmnn {

/// WorkPart `number`, from 1 on, of `of`.
struct WorkPart {
  std::size_t number, of;

  /// First and last, not included, of `count` rows. Parts begin at multiples of `together`.
  std::pair<std::size_t, std::size_t> rows(std::size_t count, std::size_t together = 1) const;

  std::string text() const;  ///< "2/8"
};

/// "2/8". Throws usage.
WorkPart parse_part(const std::string& option, const std::string& text);

}  // namespace cellmnn
