set(CELLMNN_SIMD_LEVELS "x86-64-v3;x86-64-v4" CACHE STRING "Levels to build beside x86-64")

# add_leveled_library(<target> <requirements> <sources>...)
#
# On x86-64 Linux this is a shared library, built once for each SIMD level. glibc's loader picks the
# best one for the machine from lib/glibc-hwcaps/<level>/, so one installation runs everywhere.
# (Objects of different levels in one binary would break the one-definition rule.) Elsewhere, and
# under sanitizers, it is one static library. <requirements> is an interface library.
function(add_leveled_library target requirements)
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64" OR CELLMNN_SANITIZE)
    add_library(${target} STATIC ${ARGN})
    target_link_libraries(${target} PUBLIC ${requirements} PRIVATE cellmnn_warnings)
    target_compile_options(${target} PRIVATE "$<$<CONFIG:Release>:${CELLMNN_FOR_SPEED}>")
    return()
  endif()

  # Only our own symbols leave the library: Eigen's and std's code stays at the level of its library.
  set(exports "${PROJECT_SOURCE_DIR}/cmake/exports.map")
  foreach(level IN ITEMS x86-64 LISTS CELLMNN_SIMD_LEVELS)
    set(name ${target})
    if(NOT level STREQUAL "x86-64")
      set(name ${target}_${level})
    endif()
    add_library(${name} SHARED ${ARGN})
    target_compile_options(${name} PRIVATE "$<$<CONFIG:Release>:${CELLMNN_FOR_SPEED}>")
    target_link_libraries(${name} PUBLIC ${requirements} PRIVATE cellmnn_warnings)
    target_link_options(${name} PRIVATE "LINKER:--version-script=${exports}" "LINKER:-Bsymbolic-functions")
    set_target_properties(${name} PROPERTIES OUTPUT_NAME ${target} LINK_DEPENDS "${exports}")
    if(level STREQUAL "x86-64")
      continue()
    endif()
    target_compile_options(${name} PRIVATE -march=${level})
    if(level STREQUAL "x86-64-v4")
      # Full registers for the hand-written lanes; GCC 12 warns falsely about its own intrinsics.
      target_compile_options(${name} PRIVATE -mprefer-vector-width=512
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    endif()
    set_target_properties(${name} PROPERTIES
      LIBRARY_OUTPUT_DIRECTORY "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/glibc-hwcaps/${level}")
    add_dependencies(${target} ${name})
  endforeach()
endfunction()
