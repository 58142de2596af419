# What the core needs; native/ and tests/ ask for the rest. Everything comes from the system's packages, which
# scripts/install-packages names.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)

add_library(cellmnn_header_packages INTERFACE)  # of the sources only
if(EMSCRIPTEN)
  # Emscripten must not see /usr/include, so the header-only packages get a folder of their own.
  set(STAGED "${PROJECT_BINARY_DIR}/staged-headers")
  file(MAKE_DIRECTORY "${STAGED}")
  foreach(package IN ITEMS nlohmann Spectra nanoflann.hpp)
    if(NOT EXISTS "/usr/include/${package}")
      message(FATAL_ERROR "/usr/include/${package} is missing: run scripts/install-packages")
    endif()
    file(CREATE_LINK "/usr/include/${package}" "${STAGED}/${package}" SYMBOLIC)
  endforeach()
  target_include_directories(cellmnn_header_packages SYSTEM INTERFACE "${STAGED}")
else()
  find_package(Spectra REQUIRED)
  find_package(nanoflann REQUIRED)
  target_link_libraries(cellmnn_header_packages INTERFACE Spectra::Spectra nanoflann::nanoflann)
endif()
