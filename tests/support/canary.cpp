#include "canary.hpp"

#include "temp_dir.hpp"

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <string_view>

namespace test_support {

namespace fs = std::filesystem;

namespace {

std::string hex(const std::string& bytes, std::string_view digits) {
    std::string text;
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

/// Base64 of the bytes when `skip` bytes of something else stand before them, less the characters at both
/// ends that depend on the neighbours.
std::string base64Core(const std::string& bytes, std::size_t skip, std::string_view alphabet) {
    const std::string padded = std::string(skip, '\0') + bytes;
    std::string text;
    for (std::size_t at = 0; at + 3 <= padded.size(); at += 3) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(padded[at + i]); };
        const unsigned group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (const unsigned shift : {18U, 12U, 6U, 0U}) {
            text += alphabet[group >> shift & 63];
        }
    }
    return text.substr(skip == 0 ? 0 : skip + 1);
}

bool holdsAny(const fs::path& file, const std::vector<std::string>& spellings) {
    std::string content;
    try {
        content = readFile(file);
    } catch (const std::runtime_error&) {
        return false;
    }
    return std::any_of(spellings.begin(), spellings.end(),
                       [&](const std::string& text) { return content.find(text) != std::string::npos; });
}

} // namespace

std::set<std::string> sealedTexts(const std::string& bytes) {
    // Looked ahead for, since columns stand side by side: the next one's "1" may look like the end of this
    // one.
    static const std::regex sealed(R"((?=(1\.ay[01][A-Za-z0-9_-]{12,20}\.[A-Za-z0-9_-]{60,}))1\.)");
    std::set<std::string> found;
    for (std::sregex_iterator at(bytes.begin(), bytes.end(), sealed), end; at != end; ++at)
        found.insert(at->str(1));
    return found;
}

std::set<std::string> sealedIn(const fs::path& directory) {
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(directory))
        if (entry.path().filename().string().rfind("jira.sqlite", 0) == 0)
            found.merge(sealedTexts(readFile(entry.path())));
    return found;
}

std::vector<std::string> spellingsOf(const std::string& secret) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const std::string standard = std::string(letters) + "+/";
    const std::string urlSafe = std::string(letters) + "-_";
    std::vector<std::string> spellings{secret, hex(secret, "0123456789abcdef"),
                                       hex(secret, "0123456789ABCDEF")};
    for (const std::size_t skip : {0U, 1U, 2U}) {
        spellings.push_back(base64Core(secret, skip, standard));
        spellings.push_back(base64Core(secret, skip, urlSafe));
    }
    return spellings;
}

std::vector<fs::path> filesHolding(const std::string& secret, const fs::path& directory) {
    if (secret.size() < 8) {
        throw std::invalid_argument("a canary of fewer than 8 characters is found by chance");
    }
    const auto spellings = spellingsOf(secret);
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
        if (entry.is_regular_file() && !entry.is_symlink() && holdsAny(entry.path(), spellings)) {
            found.push_back(entry.path());
        }
    }
    return found;
}

} // namespace test_support
