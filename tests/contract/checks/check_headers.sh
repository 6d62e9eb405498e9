#!/bin/sh
# Compiles every header of the contract alone, in every language version that it promises.
# check_headers.sh <include dir> <C compiler> <C++ compiler>; exit status 77: a compiler is missing.
set -u
include=$1
cc=$2
cxx=$3
for compiler in "$cc" "$cxx"; do
    command -v "$compiler" >/dev/null || { echo "skipped: $compiler is not installed"; exit 77; }
done
flags="-pedantic -Wall -Wextra -Wshadow -Werror -fsyntax-only -I$include"
compiled=0
failed=0

alone() { # compiler language standard header
    compiled=$((compiled + 1))
    # Twice, so that a missing guard shows; the declaration keeps the file from being empty.
    # shellcheck disable=SC2086 # the flags are several words
    if ! printf '#include "%s"\n#include "%s"\ntypedef int nothing;\n' "$4" "$4" | $1 -x "$2" -std="$3" $flags -; then
        echo "FAILED: $4 alone with $1 -std=$3"
        failed=$((failed + 1))
    fi
}

cd "$include" || exit 1
for header in $(find aspm -name '*.h' | sort); do
    for standard in c99 c11 c17; do alone "$cc" c $standard "$header"; done
    for standard in c++17 c++20; do alone "$cxx" c++ $standard "$header"; done
done
for header in $(find aspm -name '*.hpp' | sort); do
    alone "$cxx" c++ c++17 "$header"
done
alone "$cxx" c++ c++20 aspm/plugin.hpp

echo "$compiled compilations, $failed failed"
[ $failed -eq 0 ] && [ $compiled -gt 100 ]
