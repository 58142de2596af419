# What CPack makes of an installation: scripts/package asks for TGZ and DEB.
set(CPACK_PACKAGE_NAME cellmnn)
set(CPACK_PACKAGE_VENDOR "The cellmnn authors")
set(CPACK_PACKAGE_CONTACT "The cellmnn authors")
set(CPACK_PACKAGE_FILE_NAME "cellmnn-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "single-cell dynamics from snapshots
 Learns how cells move between the snapshots of a time course, as one linear
 differential equation for each cell, and tests, predicts and explains it.
 Reads and writes h5ad, npz and csv, and makes interactive pages.")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${PROJECT_BINARY_DIR}/lib")
include(CPack)
