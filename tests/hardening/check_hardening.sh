#!/usr/bin/env bash
# check_hardening.sh FILE...  Whether libraries and programs were linked and compiled so that a memory error is hard to
# use: tables that cannot be written after start, no executable stack, no fixed address, guarded stacks, checked copies.
set -euo pipefail

status=0

# expect FILE WHAT PATTERN READELF-OPTION...
expect() {
    local file=$1 what=$2 pattern=$3
    shift 3
    if ! grep -Eq "$pattern" <<<"$(readelf --wide "$@" "$file")"; then
        printf '%s: %s\n' "$file" "$what"
        status=1
    fi
}

for file in "$@"; do
    expect "$file" "relocations stay writable (no RELRO)" 'GNU_RELRO' --program-headers
    expect "$file" "symbols are bound late (no BIND_NOW)" 'BIND_NOW|Flags:.*NOW' --dynamic
    expect "$file" "the stack is executable" 'GNU_STACK .* RW ' --program-headers
    expect "$file" "it is loaded at a fixed address" 'Type: +DYN' --file-header
    expect "$file" "stacks are not guarded" '__stack_chk_fail' --dyn-syms
    expect "$file" "copies are not checked (no FORTIFY)" '__[a-z]+_chk' --dyn-syms
    if grep -Eq '\((RPATH|RUNPATH)\)' <<<"$(readelf --wide --dynamic "$file")"; then
        printf '%s: it looks for libraries in a directory of the build machine\n' "$file"
        status=1
    fi
done
exit $status
