#include "variation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fuzz {
namespace {

constexpr std::size_t longest = 64 * std::size_t{1024};
constexpr std::size_t longestPart = 40;

/// What readers trip over.
constexpr std::array<const char*, 24> words{"\"",
                                            "\\",
                                            "{",
                                            "}",
                                            "[",
                                            "]",
                                            ":",
                                            ",",
                                            "\n",
                                            "\r\n",
                                            "\t",
                                            "null",
                                            "-1",
                                            "1e999",
                                            "0",
                                            "99999999999999999999",
                                            "\\u0000",
                                            "\xFF",
                                            "\xC0\x80",
                                            "\xEF\xBF\xBF",
                                            "\xF0\x9F\x98\x80",
                                            "\xE2\x80\xAE",
                                            "{{{{{{{{",
                                            "[[[[[[[["};

std::size_t below(std::size_t end, std::mt19937& random) {
    return end == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
}

void change(std::string& text, std::mt19937& random) {
    const std::size_t at = below(text.size() + 1, random);
    const std::size_t length = 1 + below(longestPart, random);
    switch (below(6, random)) {
    case 0:
        if (at < text.size())
            text[at] = static_cast<char>(below(256, random));
        break;
    case 1:
        if (at < text.size())
            text[at] = static_cast<char>(text[at] ^ (1 << below(8, random)));
        break;
    case 2:
        text.erase(at, length);
        break;
    case 3:
        text.insert(at, text.substr(at, length));
        break;
    case 4:
        text.insert(at, words[below(words.size(), random)]);
        break;
    default:
        text.insert(at, length, static_cast<char>(below(256, random)));
    }
}

} // namespace

std::string variationOf(const std::vector<std::string>& corpus, std::mt19937& random) {
    std::string text = corpus[below(corpus.size(), random)];
    if (below(4, random) == 0) {
        const std::string& other = corpus[below(corpus.size(), random)];
        text = text.substr(0, below(text.size() + 1, random)) + other.substr(below(other.size() + 1, random));
    }
    for (std::size_t left = 1 + below(6, random); left > 0; --left)
        change(text, random);
    text.resize(std::min(text.size(), longest));
    return text;
}

} // namespace fuzz
