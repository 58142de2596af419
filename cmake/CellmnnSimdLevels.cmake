set(CELLMNN_SIMD_LEVELS "x86-64;x86-64-v3;x86-64-v4" CACHE STRING
  "SIMD levels of x86-64 to build, the lowest first; 'native' is the best one of this machine alone")

# The best level that glibc's loader takes on this machine.
function(cellmnn_native_level result)
  execute_process(COMMAND /lib64/ld-linux-x86-64.so.2 --help OUTPUT_VARIABLE help ERROR_QUIET)
  set(level x86-64)
  if(help MATCHES "(x86-64-v[34]) \\(supported, searched\\)")
    set(level "${CMAKE_MATCH_1}")
  endif()
  set(${result} "${level}" PARENT_SCOPE)
endfunction()

# add_leveled_library(<target> <requirements> <sources>...)
#
# On x86-64 Linux this is a shared library, built once for each SIMD level. The first level is in lib/; glibc's
# loader picks a better one for the machine from lib/glibc-hwcaps/<level>/, so one installation runs everywhere.
# (Objects of different levels in one binary would break the one-definition rule.) Elsewhere, and
# under sanitizers, it is one static library. <requirements> is an interface library.
# <target>_TARGETS lists the targets that this makes.
function(add_leveled_library target requirements)
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64" OR CELLMNN_SANITIZE)
    add_library(${target} STATIC ${ARGN})
    cellmnn_target(${target} ${CELLMNN_FOR_SPEED})
    target_link_libraries(${target} PUBLIC ${requirements})
    set(${target}_TARGETS ${target} PARENT_SCOPE)
    return()
  endif()

  set(levels "${CELLMNN_SIMD_LEVELS}")
  if(levels STREQUAL "native")
    cellmnn_native_level(levels)
  endif()
  list(POP_FRONT levels first)
  # The loader would take what an earlier configuration has left there.
  file(GLOB left "${PROJECT_BINARY_DIR}/lib/glibc-hwcaps/*/lib${target}.*")
  foreach(library IN LISTS left)
    cmake_path(GET library PARENT_PATH folder)
    cmake_path(GET folder FILENAME level)
    if(NOT level IN_LIST levels)
      file(REMOVE "${library}")
    endif()
  endforeach()

  # Only our own symbols leave the library: Eigen's and std's code stays at the level of its library.
  set(exports "${PROJECT_SOURCE_DIR}/cmake/exports.map")
  foreach(level IN LISTS first levels)
    set(name ${target})
    if(NOT level STREQUAL first)
      set(name ${target}_${level})
    endif()
    list(APPEND targets ${name})
    add_library(${name} SHARED ${ARGN})
    cellmnn_target(${name} ${CELLMNN_FOR_SPEED})
    target_link_libraries(${name} PUBLIC ${requirements})
    target_link_options(${name} PRIVATE "LINKER:--version-script=${exports}" "LINKER:-Bsymbolic-functions")
    set_target_properties(${name} PROPERTIES
      OUTPUT_NAME ${target}
      DEFINE_SYMBOL ""  # it holds the target's name, which would keep one level's objects from being shared by ccache
      SOVERSION "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}"
      LINK_DEPENDS "${exports}")
    if(NOT level STREQUAL "x86-64")
      target_compile_options(${name} PRIVATE -march=${level})
    endif()
    if(level STREQUAL "x86-64-v4")
      # Full registers for the hand-written lanes; GCC 12 warns falsely about its own intrinsics.
      target_compile_options(${name} PRIVATE -mprefer-vector-width=512
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    endif()
    if(NOT level STREQUAL first)
      set_target_properties(${name} PROPERTIES
        LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib/glibc-hwcaps/${level}")
      add_dependencies(${target} ${name})
    endif()
  endforeach()
  set(${target}_TARGETS ${targets} PARENT_SCOPE)
endfunction()
