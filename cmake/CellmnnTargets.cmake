# What holds for our own targets and for nobody else's: language level, warnings, where they are put.
include(GNUInstallDirs)

if(EMSCRIPTEN)
  add_compile_options(-msimd128 -fwasm-exceptions)
  # Since Emscripten 3.1.27 64 kB is usual, less than Eigen puts there; older ones know this name alone, for 5 MB.
  add_link_options(-fwasm-exceptions -sTOTAL_STACK=5242880)
  # As fast as -O3 (cellmnn_bench_step), and a quarter smaller.
  set(CELLMNN_FOR_SPEED -O2 "SHELL:-mllvm -unroll-runtime=0" "SHELL:-mllvm -unroll-allow-partial=0")
else()
  set(CELLMNN_FOR_SPEED -O3)
endif()

add_library(cellmnn_warnings INTERFACE)
target_compile_options(cellmnn_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns falsely about "text" + std::string (GCC bug 105651).
  target_compile_options(cellmnn_warnings INTERFACE -Wno-restrict)
endif()

# From the folder of the program to that of the libraries, so that an installed tree can be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_LIBDIR BASE_DIRECTORY "${CMAKE_INSTALL_FULL_BINDIR}"
  OUTPUT_VARIABLE CELLMNN_BIN_TO_LIB)

# cellmnn_target(<target> [<optimisation of a Release build>])
function(cellmnn_target target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:cellmnn_warnings>)
  target_compile_options(${target} PRIVATE "$<$<CONFIG:Release>:${ARGN}>")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Templates fill GCC's memory, which it searches again and again for what is free: an eighth of its time.
    target_compile_options(${target} PRIVATE --param=ggc-min-heapsize=524288)  # kB
  endif()
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin"
    LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib"
    BUILD_RPATH_USE_ORIGIN ON
    INSTALL_RPATH "$ORIGIN/${CELLMNN_BIN_TO_LIB}")
  if(NOT EMSCRIPTEN)
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
endfunction()

# cellmnn_unite(<target> <pattern>...): the sources of a folder that matches a pattern, the first one, are compiled as
# one file, which spares reading and instantiating the same templates again. -DCMAKE_UNITY_BUILD=OFF does less again
# after an edit.
function(cellmnn_unite target)
  if(DEFINED CMAKE_UNITY_BUILD)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(RELATIVE_PATH folder)
    foreach(pattern IN LISTS ARGN)
      if(folder MATCHES "^(${pattern})$")
        string(MAKE_C_IDENTIFIER "${pattern}" group)
        set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${group}")
        break()
      endif()
    endforeach()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
