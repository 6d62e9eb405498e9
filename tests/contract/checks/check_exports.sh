#!/bin/sh
# Every plugin exports the query function and nothing else: check_exports.sh <plugin.so>...
# A file that was not built is passed over; exit status 77 when none was.
set -u
checked=0
failed=0
for library in "$@"; do
    [ -e "$library" ] || { echo "not built: $library"; continue; }
    checked=$((checked + 1))
    exports=$(nm -D --defined-only "$library" | awk '{ print $NF }')
    if [ "$exports" != aspm_plugin_query_v1 ]; then
        echo "$library must export aspm_plugin_query_v1 alone, and exports:"
        echo "$exports"
        failed=$((failed + 1))
    fi
done
echo "$checked libraries, $failed with other exports"
[ $checked -gt 0 ] || exit 77
[ $failed -eq 0 ]
