#!/bin/bash
set -euo pipefail

# The levels of SIMD are chosen when the program starts, never by the machine that builds.
# shellcheck disable=SC2086 # several options
cmake -S . -B build -G Ninja ${CMAKE_ARGS:-} \
  -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$PREFIX" -DCMAKE_INSTALL_LIBDIR=lib \
  -DCELLMNN_BUILD_TESTS=OFF -DCELLMNN_BUILD_BENCH=OFF
cmake --build build --parallel "${CPU_COUNT:-1}"
cmake --install build
