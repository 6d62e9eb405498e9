#include "dedupe_label.hpp"

#include <array>

#include <openssl/sha.h>

namespace jira_plugin::push {
namespace {

constexpr std::size_t digestBytesUsed = 10;

// The length before each part keeps ("ab", "c") and ("a", "bc") apart.
std::string part(const std::string& text) {
    return std::to_string(text.size()) + ":" + text;
}

} // namespace

std::string dedupeLabel(const std::string& installationMarker, const std::string& organisation,
                        const std::string& finding) {
    const std::string input = part(installationMarker) + part(organisation) + part(finding);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(input.data()), input.size(), digest.data());
    std::string label = "aspm-";
    for (std::size_t i = 0; i < digestBytesUsed; ++i) {
        label += "0123456789abcdef"[digest[i] >> 4];
        label += "0123456789abcdef"[digest[i] & 15];
    }
    return label;
}

} // namespace jira_plugin::push
