# CELLMNN_DATA, a cache variable or else of the environment: the folder of published time courses. They are no part of
# the project. Tests that need them have the label `real` and exist only where the folder is named.
if(NOT CELLMNN_DATA AND DEFINED ENV{CELLMNN_DATA})
  set(CELLMNN_DATA "$ENV{CELLMNN_DATA}")
endif()
if(CELLMNN_DATA)
  cmake_path(ABSOLUTE_PATH CELLMNN_DATA BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" NORMALIZE)
  if(NOT IS_DIRECTORY "${CELLMNN_DATA}")
    message(FATAL_ERROR "CELLMNN_DATA is '${CELLMNN_DATA}', which is no folder: name that of the data, or unset it")
  endif()
endif()
