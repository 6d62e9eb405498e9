# Turns text files into a C++ source of functions that return them:
#   cmake -DOUTPUT=... -DNAMESPACE=a::b "-DENTRIES=function=file|function=file" -P embed_text.cmake
string(REPLACE "|" ";" ENTRIES "${ENTRIES}")
set(text "// Made by embed_text.cmake.\n#include <string>\n\nnamespace ${NAMESPACE} {\n")
foreach(entry IN LISTS ENTRIES)
  string(REGEX MATCH "^([^=]+)=(.+)$" matched "${entry}")
  set(function "${CMAKE_MATCH_1}")
  file(READ "${CMAKE_MATCH_2}" content)
  string(APPEND text "\nconst std::string& ${function}();\n\nconst std::string& ${function}() {\n")
  string(APPEND text "    static const std::string text = R\"embedded(${content})embedded\";\n    return text;\n}\n")
endforeach()
string(APPEND text "\n} // namespace ${NAMESPACE}\n")
file(WRITE "${OUTPUT}" "${text}")
