# find_package(AspmPluginApi): the target aspm::plugin_api and the function aspm_add_plugin. Works installed
# (<prefix>/lib/cmake/AspmPluginApi) and from a source tree (plugin_api/cmake).

if(NOT TARGET aspm::plugin_api)
  foreach(up ../include ../../../include)
    if(EXISTS ${CMAKE_CURRENT_LIST_DIR}/${up}/aspm/aspm.h)
      add_library(aspm::plugin_api INTERFACE IMPORTED)
      cmake_path(ABSOLUTE_PATH up BASE_DIRECTORY ${CMAKE_CURRENT_LIST_DIR} NORMALIZE OUTPUT_VARIABLE include_dir)
      target_include_directories(aspm::plugin_api INTERFACE ${include_dir})
      break()
    endif()
  endforeach()
endif()
if(NOT TARGET aspm::plugin_api)
  set(AspmPluginApi_FOUND FALSE)
  set(AspmPluginApi_NOT_FOUND_MESSAGE "no aspm/aspm.h beside ${CMAKE_CURRENT_LIST_DIR}")
  return()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/AspmPlugin.cmake)
