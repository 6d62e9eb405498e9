#include "hook_signature.hpp"

#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace test_support {
namespace {

std::string hmac(const std::string& secret, const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
    return {reinterpret_cast<const char*>(digest.data()), length};
}

std::string base64Url(const std::string& bytes) {
    constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    unsigned bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = (bits << 8 | static_cast<unsigned char>(c)) & 0xffff;
        for (count += 8; count >= 6; count -= 6)
            text += digits[bits >> (count - 6) & 63];
    }
    if (count > 0)
        text += digits[bits << (6 - count) & 63];
    return text;
}

} // namespace

std::string jwt(const std::string& header, const std::string& claims, const std::string& secret) {
    const std::string text = base64Url(header) + "." + base64Url(claims);
    return text + "." + base64Url(hmac(secret, text));
}

std::string bearer(const std::string& secret, std::int64_t issuedMs) {
    const std::int64_t issued = issuedMs / 1000;
    return "Bearer " +
           jwt(R"({"alg":"HS256","typ":"JWT"})",
               R"({"iat":)" + std::to_string(issued) + R"(,"exp":)" + std::to_string(issued + 180) + "}",
               secret);
}

std::string hubSignature(const std::string& secret, const std::string& body) {
    std::string text = "sha256=";
    for (const char c : hmac(secret, body)) {
        text += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
        text += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
    }
    return text;
}

} // namespace test_support
