#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../types.h"

namespace aspm {

/// Lends text to the C side; valid as long as the text itself.
inline aspm_str str(std::string_view text) noexcept {
    return aspm_str{text.data(), text.size()};
}

/// Looks at borrowed text; valid as long as the C side lends it.
inline std::string_view view(aspm_str text) noexcept {
    return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

/// Keeps a copy of borrowed text.
inline std::string copy(aspm_str text) {
    return std::string(view(text));
}

/// Keeps a copy of an array of borrowed texts.
inline std::vector<std::string> copy(const aspm_str* texts, std::size_t count) {
    std::vector<std::string> copies;
    copies.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        copies.emplace_back(view(texts[i]));
    }
    return copies;
}

/// Lends an array of texts; valid as long as the texts and the returned vector.
inline std::vector<aspm_str> str(const std::vector<std::string>& texts) {
    std::vector<aspm_str> lent;
    lent.reserve(texts.size());
    for (const std::string& text : texts) {
        lent.push_back(str(text));
    }
    return lent;
}

} // namespace aspm
