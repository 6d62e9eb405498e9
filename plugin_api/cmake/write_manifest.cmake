# Writes a bundle's manifest: the template with the digest of the library filled in.
# cmake -DLIBRARY=<file> -DTEMPLATE=<file> -DMANIFEST=<file> -P write_manifest.cmake

file(READ "${TEMPLATE}" text)
cmake_path(GET LIBRARY FILENAME library_name)
string(JSON listed ERROR_VARIABLE problem GET "${text}" library file)
if(problem)
  message(FATAL_ERROR "${TEMPLATE}: cannot read library.file: ${problem}")
endif()
if(NOT listed STREQUAL library_name)
  message(FATAL_ERROR "${TEMPLATE}: library.file is ${listed}, but the library is ${library_name}. Correct the manifest.")
endif()
string(FIND "${text}" "@LIBRARY_SHA256@" place)
if(place EQUAL -1)
  message(FATAL_ERROR "${TEMPLATE}: library.sha256 must be \"@LIBRARY_SHA256@\", which the build replaces by the digest.")
endif()
file(SHA256 "${LIBRARY}" digest)
string(REPLACE "@LIBRARY_SHA256@" "${digest}" text "${text}")
file(WRITE "${MANIFEST}" "${text}")
