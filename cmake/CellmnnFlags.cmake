# Language level, warnings and sanitizers of our own targets.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "MinSizeRel" OR "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_RELEASE}" MATCHES "-O[sz]")
  message(FATAL_ERROR "Size-optimised builds are refused: Eigen stops inlining and is 80 times slower. Use Release.")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")  # the core asks for CELLMNN_FOR_SPEED itself
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)
set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

set(CELLMNN_SANITIZE "" CACHE STRING "Comma-separated sanitizers, e.g. address,undefined")
if(CELLMNN_SANITIZE)
  # -O1 keeps the instrumented Eigen code usable.
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
  add_compile_options(-fsanitize=${CELLMNN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CELLMNN_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-maybe-uninitialized)  # false in <regex> under AddressSanitizer
  endif()
endif()

if(EMSCRIPTEN)
  add_compile_options(-msimd128 -fwasm-exceptions)
  add_link_options(-fwasm-exceptions)
  # As fast as -O3 (cellmnn_bench_step), and a quarter smaller.
  set(CELLMNN_FOR_SPEED -O2 "SHELL:-mllvm -unroll-runtime=0" "SHELL:-mllvm -unroll-allow-partial=0")
else()
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  set(CELLMNN_FOR_SPEED -O3)
endif()

# Warnings of our own targets.
add_library(cellmnn_warnings INTERFACE)
target_compile_options(cellmnn_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns falsely about "text" + std::string (GCC bug 105651).
  target_compile_options(cellmnn_warnings INTERFACE -Wno-restrict)
endif()
