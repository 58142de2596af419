/// Numbers with a decimal comma, as most of Europe writes them.
#pragma once

#include <string_view>

namespace cellmnn {

enum class DecimalMark {
  none,     ///< no number, or a whole one
  point,    ///< "1.5"
  comma,    ///< "1,5", "-0,25e-3"
  unclear,  ///< "1,234": a decimal comma, or one between thousands
};

DecimalMark decimal_mark(std::string_view field);

}  // namespace cellmnn
