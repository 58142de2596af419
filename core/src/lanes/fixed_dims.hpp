/// Loops over few dimensions are several times faster if the compiler knows how many.
#pragma once

#include <type_traits>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Calls f(std::integral_constant) with the number of dimensions where an operator fits into the
/// registers, and with 0, which stands for any number, elsewhere. In WebAssembly, whose size counts, only the
/// usual 5 are known.
template <typename F>
decltype(auto) with_fixed_dims(Index dims, const F& f) {
  switch (dims) {
#ifndef __EMSCRIPTEN__
    case 2:
      return f(std::integral_constant<Index, 2>());
    case 3:
      return f(std::integral_constant<Index, 3>());
    case 4:
      return f(std::integral_constant<Index, 4>());
#endif
    case 5:
      return f(std::integral_constant<Index, 5>());
    default:
      return f(std::integral_constant<Index, 0>());
  }
}

}  // namespace cellmnn
