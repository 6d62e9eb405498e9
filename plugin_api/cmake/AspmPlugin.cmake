# How a plugin is built. Include it through find_package(AspmPluginApi), or get it with this source tree.
#
#   aspm_add_plugin(<target>
#     SOURCES <file>...           the plugin's sources
#     MANIFEST <file>             its manifest; @LIBRARY_SHA256@ in it becomes the digest of the library
#     [OUTPUT_DIRECTORY <dir>]    the bundle: lib<target>.so and manifest.json; ${CMAKE_BINARY_DIR}/plugins/<target>
#     [EXPORTS <file>])           a version script in place of the one beside this file
#
# Makes a MODULE library that exports aspm_plugin_query_v1 and nothing else, has no undefined symbols, and leaves
# the address space when it is closed. Static libraries that end up in a plugin link aspm::plugin_options, so that
# their objects are built the same way.

if(NOT TARGET aspm_plugin_options)
  add_library(aspm_plugin_options INTERFACE)
  add_library(aspm::plugin_options ALIAS aspm_plugin_options)
  # GNU-unique symbols, which g++ makes of the statics of templates and inline functions, pin a library for ever.
  target_compile_options(aspm_plugin_options INTERFACE
    -fPIC -fvisibility=hidden
    $<$<COMPILE_LANGUAGE:CXX>:-fvisibility-inlines-hidden>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
endif()

function(aspm_add_plugin target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "MANIFEST;OUTPUT_DIRECTORY;EXPORTS" "SOURCES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "aspm_add_plugin(${target}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  foreach(needed SOURCES MANIFEST)
    if(NOT arg_${needed})
      message(FATAL_ERROR "aspm_add_plugin(${target}): ${needed} is missing.")
    endif()
  endforeach()
  if(NOT arg_OUTPUT_DIRECTORY)
    set(arg_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins/${target})
  endif()
  if(NOT arg_EXPORTS)
    set(arg_EXPORTS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/exports.map)
  endif()
  cmake_path(ABSOLUTE_PATH arg_MANIFEST NORMALIZE)
  cmake_path(ABSOLUTE_PATH arg_EXPORTS NORMALIZE)

  add_library(${target} MODULE ${arg_SOURCES})
  target_compile_definitions(${target} PRIVATE ASPM_BUILDING_PLUGIN)
  target_link_libraries(${target} PRIVATE aspm::plugin_api aspm::plugin_options)
  target_link_options(${target} PRIVATE -Wl,--version-script=${arg_EXPORTS} -Wl,-z,relro,-z,now -Wl,-z,noexecstack)
  # Sanitizers leave their run time to the program.
  if(NOT ASPM_SANITIZE AND NOT "${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS}" MATCHES "-fsanitize")
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
  set_target_properties(${target} PROPERTIES
    PREFIX lib SUFFIX .so
    LIBRARY_OUTPUT_DIRECTORY ${arg_OUTPUT_DIRECTORY}
    LINK_DEPENDS "${arg_MANIFEST};${arg_EXPORTS}")
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -DLIBRARY=$<TARGET_FILE:${target}> -DTEMPLATE=${arg_MANIFEST}
            -DMANIFEST=${arg_OUTPUT_DIRECTORY}/manifest.json -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/write_manifest.cmake
    VERBATIM)
endfunction()
