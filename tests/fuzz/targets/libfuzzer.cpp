/// The entry points of libFuzzer. CELLMNN_FUZZ_TARGET names the target.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "targets.hpp"

namespace {

const cellmnn::fuzzing::Target* target = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const char* name = std::getenv("CELLMNN_FUZZ_TARGET");
  try {
    target = &cellmnn::fuzzing::target_named(name ? name : "");
  } catch (const std::exception& error) {
    std::cerr << "CELLMNN_FUZZ_TARGET: " << error.what() << '\n';
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  cellmnn::fuzzing::feed(*target, bytes, size);
  return 0;
}
