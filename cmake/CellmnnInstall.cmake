# What `cmake --install` puts where. The tree works wherever it is moved to: the program finds the libraries and the
# page by its own place.
include(CMakePackageConfigHelpers)

# First of all: one sentence where the folder cannot be written to.
install(CODE [[
  set(folder "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}")
  while(NOT EXISTS "${folder}")
    cmake_path(GET folder PARENT_PATH folder)
  endwhile()
  execute_process(COMMAND test -d "${folder}" -a -w "${folder}" RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "cannot install into $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}, because ${folder} is not a folder "
      "that you may write to: choose another one by --prefix")
  endif()
]])

set(CELLMNN_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/cellmnn")
set(CELLMNN_ZSH_DIR "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" CACHE STRING "Where the completions of zsh go")

# The core: the library of the lowest SIMD level, the better ones where the loader finds them, and the headers.
get_directory_property(cellmnn_core_TARGETS DIRECTORY core DEFINITION cellmnn_core_TARGETS)
install(TARGETS cellmnn_core cellmnn_core_requirements EXPORT cellmnn)
set_target_properties(cellmnn_core PROPERTIES EXPORT_NAME core)
foreach(target IN LISTS cellmnn_core_TARGETS)
  if(NOT target STREQUAL cellmnn_core)
    string(REPLACE cellmnn_core_ "" level ${target})
    install(TARGETS ${target} LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/glibc-hwcaps/${level}" NAMELINK_SKIP)
  endif()
endforeach()
install(DIRECTORY core/include/ TYPE INCLUDE)
install(EXPORT cellmnn NAMESPACE cellmnn:: FILE cellmnn-targets.cmake DESTINATION "${CELLMNN_CMAKE_DIR}")
configure_package_config_file(cmake/cellmnn-config.cmake.in "${PROJECT_BINARY_DIR}/cellmnn-config.cmake"
  INSTALL_DESTINATION "${CELLMNN_CMAKE_DIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cellmnn-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/cellmnn-config.cmake" "${PROJECT_BINARY_DIR}/cellmnn-config-version.cmake"
  DESTINATION "${CELLMNN_CMAKE_DIR}")

install(FILES LICENSE README.md CHANGELOG.md CITATION.cff TYPE DOC)
install(DIRECTORY docs/ TYPE DOC FILES_MATCHING PATTERN "*.md")

if(NOT CELLMNN_BUILD_PROGRAM OR EMSCRIPTEN)
  return()
endif()
install(TARGETS cellmnn RUNTIME)
# Without the page `cellmnn export` says how to get it.
install(DIRECTORY web/dist/ DESTINATION "${CMAKE_INSTALL_DATADIR}/cellmnn" OPTIONAL)

# The manual and the completions are made from the program's own help.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(MANUAL "${PROJECT_BINARY_DIR}/manual")
add_custom_command(OUTPUT "${MANUAL}/cellmnn.fish"
  COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/packaging/manual.py" "${MANUAL}"
          ${CMAKE_CROSSCOMPILING_EMULATOR} $<TARGET_FILE:cellmnn>
  DEPENDS cellmnn packaging/manual.py
  VERBATIM)
add_custom_target(cellmnn_manual ALL DEPENDS "${MANUAL}/cellmnn.fish")
install(DIRECTORY "${MANUAL}/man/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES "${MANUAL}/cellmnn.bash" RENAME cellmnn
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${MANUAL}/_cellmnn" DESTINATION "${CELLMNN_ZSH_DIR}")
install(FILES "${MANUAL}/cellmnn.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
