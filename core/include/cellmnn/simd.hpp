/// Which instruction set the core in use was compiled for.
#pragma once

#include <string_view>

namespace cellmnn {

/// "x86-64-v4" (AVX-512), "x86-64-v3" (AVX2), "x86-64", "aarch64", "wasm-simd128" or "portable".
std::string_view simd_level();

}  // namespace cellmnn
