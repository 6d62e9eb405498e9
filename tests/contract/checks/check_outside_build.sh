#!/bin/sh
# What a plugin author does: installs plugin_api, copies an example, builds it with nothing else of this tree.
# check_outside_build.sh <cmake> <plugin_api> <examples>
set -eu
cmake=$1
plugin_api=$2
examples=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.25)
project(install_only LANGUAGES C)
add_subdirectory($plugin_api plugin_api)
END
"$cmake" -S "$folder" -B "$folder/install-build" -DCMAKE_INSTALL_PREFIX="$folder/prefix" > "$folder/log" 2>&1 ||
    { cat "$folder/log"; exit 1; }
"$cmake" --install "$folder/install-build" > /dev/null

for example in hello_c hello_cpp; do
    cp -r "$examples/$example" "$folder/$example"
    {
        "$cmake" -S "$folder/$example" -B "$folder/$example/build" -DCMAKE_PREFIX_PATH="$folder/prefix" &&
            "$cmake" --build "$folder/$example/build"
    } > "$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
    bundle=$folder/$example/build/plugins/$example
    digest=$(sha256sum "$bundle/lib$example.so" | cut -d ' ' -f 1)
    grep -q "$digest" "$bundle/manifest.json" || { echo "$example: the manifest lacks the digest $digest"; exit 1; }
    exports=$(nm -D --defined-only "$bundle/lib$example.so" | awk '{ print $NF }')
    [ "$exports" = aspm_plugin_query_v1 ] || { echo "$example exports $exports"; exit 1; }
    echo "$example builds outside the tree"
done
