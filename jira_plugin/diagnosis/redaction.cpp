#include "redaction.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/String.h>

#include <algorithm>

namespace jira_plugin::diagnosis {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
constexpr std::size_t tokenLength = 32;

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isWordCharacter(char c) {
    return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '+' || c == '=';
}
bool isAddressCharacter(char c) {
    return isWordCharacter(c) || c == '.' || c == '%';
}

/// A cloud id: 8-4-4-4-12 hexadecimal digits.
bool isUuid(const std::string& word) {
    if (word.size() != 36)
        return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool fits =
            isDash ? word[i] == '-' : std::string("0123456789abcdef").find(word[i]) != std::string::npos;
        if (!fits)
            return false;
    }
    return true;
}

bool looksLikeToken(const std::string& word) {
    if (word.compare(0, 3, "eyJ") == 0 && word.size() >= 12) // how every JSON web token begins
        return true;
    return word.size() >= tokenLength && !isUuid(word) && std::any_of(word.begin(), word.end(), isDigit) &&
           std::any_of(word.begin(), word.end(), isLetter);
}

std::string withoutTokens(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = std::find_if_not(begin, text.end(), isWordCharacter);
        const std::string word(begin, end);
        out += looksLikeToken(word) ? "[redacted]" : word;
        at += word.size();
        if (at < text.size())
            out += text[at++];
    }
    return out;
}

std::string withoutAddresses(std::string text) {
    for (auto sign = text.find('@'); sign != std::string::npos; sign = text.find('@', sign + 1)) {
        std::size_t begin = sign;
        while (begin > 0 && isAddressCharacter(text[begin - 1]))
            --begin;
        std::size_t end = sign + 1;
        while (end < text.size() && isAddressCharacter(text[end]))
            ++end;
        if (begin == sign || end == sign + 1)
            continue;
        text.replace(begin, end - begin, "[e-mail]");
        sign = begin;
    }
    return text;
}

} // namespace

std::string redacted(const std::string& text, const std::vector<std::string>& secrets) {
    std::string out = text;
    for (const auto& secret : secrets)
        if (!secret.empty())
            Poco::replaceInPlace(out, secret, std::string("[redacted]"));
    return withoutTokens(withoutAddresses(std::move(out)));
}

Var redacted(const Var& value, const std::vector<std::string>& secrets) {
    if (value.type() == typeid(Object::Ptr)) {
        Object::Ptr out = new Object(Poco::JSON_PRESERVE_KEY_ORDER);
        for (const auto& name : value.extract<Object::Ptr>()->getNames())
            out->set(redacted(name, secrets), redacted(value.extract<Object::Ptr>()->get(name), secrets));
        return out;
    }
    if (value.type() == typeid(Array::Ptr)) {
        Array::Ptr out = new Array;
        for (const auto& each : *value.extract<Array::Ptr>())
            out->add(redacted(each, secrets));
        return out;
    }
    return value.isString() ? Var(redacted(value.convert<std::string>(), secrets)) : value;
}

} // namespace jira_plugin::diagnosis
