#include "link.hpp"

#include "text.hpp"

namespace jira_plugin::mapping {
namespace {

constexpr std::size_t maxHrefLength = 2000;

bool startsWith(const std::string& text, std::string_view prefix) {
    return text.compare(0, prefix.size(), prefix) == 0;
}

/// Length of the scheme with what follows it; 0 when it is not one of ours.
std::size_t schemeLength(std::string_view address, bool allowMailto) {
    const std::string begin = lowerAscii(address.substr(0, 8));
    if (startsWith(begin, "https://"))
        return 8;
    if (startsWith(begin, "http://") || (allowMailto && startsWith(begin, "mailto:")))
        return 7;
    return 0;
}

} // namespace

std::optional<std::string> safeHref(std::string_view address, bool allowMailto) {
    const std::size_t scheme = schemeLength(address, allowMailto);
    if (scheme == 0 || address.size() == scheme)
        return std::nullopt;
    const char first = address[scheme];
    if (first == '/' || first == '?' || first == '#' || first == ':')
        return std::nullopt;
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out = lowerAscii(address.substr(0, scheme));
    for (const char c : address.substr(scheme)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7F)
            return std::nullopt;
        if (byte > 0x7F || std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos) {
            out += {'%', hex[byte >> 4], hex[byte & 15]};
        } else {
            out.push_back(c);
        }
    }
    if (out.size() > maxHrefLength)
        return std::nullopt;
    return out;
}

} // namespace jira_plugin::mapping
