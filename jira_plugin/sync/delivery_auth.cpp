#include "delivery_auth.hpp"

#include "connection/encoding.hpp"
#include "json_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace jira_plugin::sync {
namespace {

constexpr std::int64_t leewaySeconds = 60;
constexpr std::size_t longestToken = std::size_t{8} * 1024;
constexpr std::string_view scheme = "bearer ";
constexpr std::string_view method = "sha256=";

std::string hmacSha256(const std::string& secret, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
             &length) == nullptr)
        throw std::runtime_error("HMAC-SHA256 is not available in this OpenSSL.");
    return {reinterpret_cast<const char*>(digest.data()), length};
}

bool isMacOf(const std::string& mac, std::string_view text, const connection::Secret& secret) {
    return !secret.empty() && connection::equalInConstantTime(mac, hmacSha256(secret.reveal(), text));
}

bool beginsWithScheme(std::string_view text) {
    return text.size() > scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), text.begin(), [](char expected, char c) {
               return expected == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
           });
}

/// Whole seconds of a number; 0 when it is none.
std::int64_t readSeconds(JsonReader& reader) {
    const std::string number = reader.text();
    const char* const end = number.data() + number.size();
    std::int64_t seconds = 0;
    const auto read = std::from_chars(number.data(), end, seconds);
    return read.ec == std::errc() && (read.ptr == end || *read.ptr == '.') ? seconds : 0;
}

bool namesTheMethod(std::string_view header) {
    JsonReader reader(header);
    std::string algorithm;
    reader.object([&](std::string_view member) {
        if (member == "alg")
            algorithm = reader.text();
        else
            reader.skip();
    });
    return reader.isGoodToTheEnd() && algorithm == "HS256";
}

bool isGoodNow(std::string_view claims, std::int64_t nowMs) {
    const std::int64_t now = nowMs / 1000;
    std::int64_t expires = 0, issued = 0, notBefore = 0;
    JsonReader reader(claims);
    reader.object([&](std::string_view member) {
        if (member == "exp")
            expires = readSeconds(reader);
        else if (member == "iat")
            issued = readSeconds(reader);
        else if (member == "nbf")
            notBefore = readSeconds(reader);
        else
            reader.skip();
    });
    if (!reader.isGoodToTheEnd())
        return false;
    return expires > now - leewaySeconds && issued <= now + leewaySeconds && notBefore <= now + leewaySeconds;
}

std::string fromHex(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        int value = 0;
        for (const char c : {text[i], text[i + 1]}) {
            const auto digit = std::string_view("0123456789abcdef").find(c);
            if (digit == std::string_view::npos)
                return {};
            value = value * 16 + static_cast<int>(digit);
        }
        bytes += static_cast<char>(value);
    }
    return text.size() % 2 == 0 ? bytes : std::string();
}

} // namespace

bool isSignedByApp(std::string_view authorization, const connection::Secret& secret, std::int64_t nowMs) {
    if (authorization.size() > longestToken || !beginsWithScheme(authorization))
        return false;
    const std::string_view token = authorization.substr(scheme.size());
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return false;
    const auto header = connection::fromBase64Url(std::string(token.substr(0, first)));
    const auto claims = connection::fromBase64Url(std::string(token.substr(first + 1, second - first - 1)));
    const auto mac = connection::fromBase64Url(std::string(token.substr(second + 1)));
    if (!header || !claims || !mac || !isMacOf(*mac, token.substr(0, second), secret))
        return false;
    return namesTheMethod(*header) && isGoodNow(*claims, nowMs);
}

bool isSignedWith(std::string_view signature, std::string_view body,
                  const std::vector<connection::Secret>& secrets) {
    if (signature.substr(0, method.size()) != method)
        return false;
    const std::string mac = fromHex(signature.substr(method.size()));
    return std::any_of(secrets.begin(), secrets.end(),
                       [&](const connection::Secret& secret) { return isMacOf(mac, body, secret); });
}

} // namespace jira_plugin::sync
