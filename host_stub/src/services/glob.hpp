#pragma once

#include <string_view>

namespace aspm::host {

/// Does text match a glob? `*` any text without '/', `**` any text, `**/` also nothing, `?` one character but
/// '/'. A pattern without '/' is matched against the last part of a path, as in .gitignore. Case counts.
bool matchesGlob(std::string_view pattern, std::string_view text);

} // namespace aspm::host
