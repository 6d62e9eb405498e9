#include "encoding.hpp"

#include <algorithm>

namespace jira_plugin::oauth1 {
namespace {

bool isUnreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// -1 for what is no hexadecimal digit.
int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string formDecoded(std::string_view text) {
    std::string blanks(text);
    std::replace(blanks.begin(), blanks.end(), '+', ' ');
    return percentDecoded(blanks);
}

} // namespace

std::string percentEncoded(std::string_view text) {
    constexpr const char* digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c)) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return encoded;
}

std::string percentDecoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool hasDigits = text[at] == '%' && at + 2 < text.size() && hexValue(text[at + 1]) >= 0 &&
                               hexValue(text[at + 2]) >= 0;
        if (hasDigits) {
            decoded += static_cast<char>(hexValue(text[at + 1]) * 16 + hexValue(text[at + 2]));
            at += 2;
        } else {
            decoded += text[at];
        }
    }
    return decoded;
}

Parameters parseForm(std::string_view text) {
    Parameters parameters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('&', at), text.size());
        const std::string_view part = text.substr(at, end - at);
        const std::size_t sign = std::min(part.find('='), part.size());
        if (!part.empty())
            parameters.emplace_back(formDecoded(part.substr(0, sign)),
                                    sign < part.size() ? formDecoded(part.substr(sign + 1)) : "");
        at = end + 1;
    }
    return parameters;
}

std::string writeForm(const Parameters& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters)
        text += (text.empty() ? "" : "&") + percentEncoded(name) + "=" + percentEncoded(value);
    return text;
}

std::string valueOf(const Parameters& parameters, std::string_view name) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [name](const auto& parameter) { return parameter.first == name; });
    return found == parameters.end() ? std::string{} : found->second;
}

} // namespace jira_plugin::oauth1
