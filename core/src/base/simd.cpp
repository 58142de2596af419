#include "cellmnn/simd.hpp"

namespace cellmnn {

std::string_view simd_level() {
#if defined(__AVX512F__)
  return "x86-64-v4";
#elif defined(__AVX2__)
  return "x86-64-v3";
#elif defined(__x86_64__)
  return "x86-64";
#elif defined(__aarch64__)
  return "aarch64";
#elif defined(__wasm_simd128__)
  return "wasm-simd128";
#else
  return "portable";
#endif
}

}  // namespace cellmnn
