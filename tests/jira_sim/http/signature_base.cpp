#include "http/signature_base.hpp"

#include <algorithm>

#include <Poco/String.h>
#include <Poco/URI.h>

namespace jira_sim::oauth1 {

namespace {

bool isUnreserved(unsigned char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

int hexDigit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

std::string decode(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high < 0 ? -1 : hexDigit(text[i + 2]);
        if (low < 0) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

} // namespace

std::string encode(std::string_view text) {
    static const char* digits = "0123456789ABCDEF";
    std::string out;
    for (const char byte : text) {
        const auto c = static_cast<unsigned char>(byte);
        if (isUnreserved(c))
            out += byte;
        else
            (out += '%').append(1, digits[c >> 4]).append(1, digits[c & 15]);
    }
    return out;
}

std::string form(const NameValues& values) {
    std::string text;
    for (const auto& [name, value] : values)
        text += (text.empty() ? "" : "&") + encode(name) + "=" + encode(value);
    return text;
}

std::string baseUri(const std::string& origin, const std::string& path) {
    const Poco::URI uri(origin); // knows the default ports
    const std::string scheme = Poco::toLower(uri.getScheme());
    const int usual = scheme == "https" ? 443 : 80;
    return scheme + "://" + Poco::toLower(uri.getHost()) +
           (uri.getPort() == usual ? "" : ":" + std::to_string(uri.getPort())) + (path.empty() ? "/" : path);
}

std::string baseString(const std::string& method, const std::string& uri, const NameValues& parameters) {
    NameValues encoded;
    for (const auto& [name, value] : parameters)
        if (name != "oauth_signature")
            encoded.emplace_back(encode(name), encode(value));
    std::sort(encoded.begin(), encoded.end());
    std::string normal;
    for (const auto& [name, value] : encoded)
        normal += (normal.empty() ? "" : "&") + name + "=" + value;
    return Poco::toUpper(method) + "&" + encode(uri) + "&" + encode(normal);
}

NameValues headerParameters(const std::string& authorization) {
    NameValues parameters;
    if (Poco::icompare(authorization.substr(0, 6), "OAuth ") != 0)
        return parameters;
    for (const std::string& part : split(authorization.substr(6), ',')) {
        const std::string pair = Poco::trim(part);
        const std::size_t eq = pair.find('=');
        if (eq == std::string::npos)
            continue;
        std::string value = Poco::trim(pair.substr(eq + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        const std::string name = decode(Poco::trim(pair.substr(0, eq)));
        if (Poco::icompare(name, "realm") != 0)
            parameters.emplace_back(name, decode(value));
    }
    return parameters;
}

SignedMessage read(const Request& request, const std::string& origin) {
    SignedMessage message;
    message.parameters = headerParameters(request.header("Authorization"));
    message.parameters.insert(message.parameters.end(), request.query.begin(), request.query.end());
    if (request.mediaType() == "application/x-www-form-urlencoded") {
        const NameValues form = parseForm(request.body);
        message.parameters.insert(message.parameters.end(), form.begin(), form.end());
    }
    message.baseString = baseString(request.method, baseUri(origin, request.path), message.parameters);
    return message;
}

bool isPresent(const Request& request) {
    return Poco::icompare(request.header("Authorization").substr(0, 6), "OAuth ") == 0 ||
           request.param("oauth_signature").has_value();
}

} // namespace jira_sim::oauth1
