#include "http/webhook_signature.hpp"

#include <cstdio>
#include <sstream>

#include <Poco/Base64Encoder.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace jira_sim::webhook {

namespace {

std::string hmacSha256(const std::string& secret, const std::string& text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &length);
    return {reinterpret_cast<const char*>(digest), length};
}

std::string base64Url(const std::string& bytes) {
    std::ostringstream out;
    Poco::Base64Encoder encoder(out, Poco::BASE64_URL_ENCODING | Poco::BASE64_NO_PADDING);
    encoder.rdbuf()->setLineLength(0);
    encoder << bytes;
    encoder.close();
    return out.str();
}

} // namespace

std::string bearerToken(const std::string& clientSecret, std::int64_t nowSec) {
    const std::string signedPart =
        base64Url(R"({"typ":"JWT","alg":"HS256"})") + "." +
        base64Url("{\"iat\":" + std::to_string(nowSec) + ",\"exp\":" + std::to_string(nowSec + 180) + "}");
    return signedPart + "." + base64Url(hmacSha256(clientSecret, signedPart));
}

std::string hubSignature(const std::string& secret, const std::string& body) {
    std::string hex = "sha256=";
    for (const char byte : hmacSha256(secret, body)) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(byte));
        hex += digits;
    }
    return hex;
}

} // namespace jira_sim::webhook
