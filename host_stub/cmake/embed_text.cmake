# Writes OUTPUT, a C++ source that defines the function SYMBOL returning the text of INPUT.
# Run with cmake -DINPUT=... -DOUTPUT=... -DSYMBOL=... -P; SYMBOL is qualified, e.g. aspm::host::manifestSchema.
file(READ ${INPUT} text)
# A raw string literal may be limited to 64 KiB, so the text is cut into pieces that the compiler joins.
string(LENGTH "${text}" size)
set(pieces "")
set(at 0)
while(at LESS size)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  string(APPEND pieces "    R\"embedded(${piece})embedded\"\n")
  math(EXPR at "${at} + 8000")
endwhile()
string(REGEX MATCH "^(.*)::([^:]+)$" whole "${SYMBOL}")
set(space ${CMAKE_MATCH_1})
set(name ${CMAKE_MATCH_2})
file(WRITE ${OUTPUT}
  "#include <string>\n\nnamespace ${space} {\n\nconst std::string& ${name}() {\n    static const std::string text =\n${pieces}        ;\n    return text;\n}\n\n} // namespace ${space}\n")
