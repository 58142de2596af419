# Everything comes from the system's packages; scripts/install-packages names them.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)

if(EMSCRIPTEN)
  # Emscripten must not see /usr/include, so the header-only packages get a folder of their own.
  set(STAGED "${PROJECT_BINARY_DIR}/staged-headers")
  file(MAKE_DIRECTORY "${STAGED}")
  foreach(package IN ITEMS catch2 xtensor xtl nlohmann Spectra nanoflann.hpp)
    if(NOT EXISTS "/usr/include/${package}")
      message(FATAL_ERROR "/usr/include/${package} is missing: run scripts/install-packages")
    endif()
    file(CREATE_LINK "/usr/include/${package}" "${STAGED}/${package}" SYMBOLIC)
  endforeach()
  add_library(cellmnn_xtensor INTERFACE)
  target_include_directories(cellmnn_xtensor SYSTEM INTERFACE "${STAGED}")
  add_library(Catch2::Catch2 ALIAS cellmnn_xtensor)  # staged beside it
else()
  find_package(xtensor REQUIRED)
  find_package(Spectra REQUIRED)  # this and nanoflann are headers in /usr/include
  find_package(nanoflann REQUIRED)
  find_package(ZLIB REQUIRED)
  find_package(HDF5 REQUIRED COMPONENTS C)
  find_package(CLI11 REQUIRED)
  find_package(nlohmann_json REQUIRED)
  find_package(Catch2 2 REQUIRED)
  find_package(Threads REQUIRED)
  find_package(lemon REQUIRED)  # the oracle of the tests of exact transport
  find_program(CELLMNN_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
  add_library(cellmnn_xtensor INTERFACE)
  target_link_libraries(cellmnn_xtensor INTERFACE xtensor)
endif()
