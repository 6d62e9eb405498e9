#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <aspm/types.h>

#include <aspm_host/problem.hpp>

namespace aspm::host {

/// A borrowed view for the other side; text must outlive it.
inline aspm_str view(std::string_view text) {
    return {text.data(), text.size()};
}

inline std::vector<aspm_str> views(const std::vector<std::string>& texts) {
    std::vector<aspm_str> out;
    out.reserve(texts.size());
    for (const std::string& text : texts)
        out.push_back(view(text));
    return out;
}

/// True when bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool isUtf8(std::string_view bytes);

/// Copies bytes from a plugin. Throws ServiceError(ASPM_ARGUMENT) that names `what`.
std::string bytesFrom(aspm_str value, const char* what);

/// Copies text from a plugin, which must be UTF-8. Throws ServiceError(ASPM_ARGUMENT) that names `what`.
std::string textFrom(aspm_str value, const char* what);

/// For texts that must not fail, such as errors and log lines: what is not UTF-8 becomes a question mark.
std::string looseText(aspm_str value);

std::vector<std::string> textsFrom(const aspm_str* values, std::size_t count, const char* what);

/// The host's copy of a struct from a plugin: members that the plugin does not know are zero. least: size of
/// the struct in minor 0.
template <typename T> T prefixOf(const T* theirs, std::size_t least, const char* what) {
    if (theirs == nullptr)
        throw ServiceError(ASPM_ARGUMENT, std::string(what) + " is missing.");
    if (theirs->struct_size < least)
        throw ServiceError(ASPM_ARGUMENT,
                           std::string(what) + " says struct_size " + std::to_string(theirs->struct_size) +
                               ", at least " + std::to_string(least) + " is needed.",
                           "Set struct_size to the size of the struct.");
    T mine{};
    std::memcpy(static_cast<void*>(&mine), theirs, std::min<std::size_t>(theirs->struct_size, sizeof(T)));
    return mine;
}

} // namespace aspm::host
