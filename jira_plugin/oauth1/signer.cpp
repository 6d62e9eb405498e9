#include "signer.hpp"

#include "base_string.hpp"

#include "connection/encoding.hpp"

namespace jira_plugin::oauth1 {
namespace {

constexpr std::size_t nonceBytes = 16;

/// As an HTTP quoted-string. The realm is the one value that is not percent-encoded (RFC 5849 section 3.5.1).
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            continue; // a line break would end the header
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

} // namespace

std::string newNonce() {
    constexpr const char* digits = "0123456789abcdef";
    std::string nonce;
    for (const char c : connection::randomBytes(nonceBytes)) {
        const auto byte = static_cast<unsigned char>(c);
        nonce += {digits[byte >> 4], digits[byte & 15]};
    }
    return nonce;
}

Signer::Signer(std::string consumerKey, RsaKey key, std::function<std::int64_t()> nowMs, std::string realm,
               std::function<std::string()> nonces)
    : _consumerKey(std::move(consumerKey)), _key(std::move(key)), _nowMs(std::move(nowMs)),
      _realm(std::move(realm)), _nonces(std::move(nonces)) {}

Signature Signer::sign(const jira::HttpRequest& request, const Parameters& extra,
                       std::int64_t clockOffsetMs) const {
    Parameters parameters{{"oauth_consumer_key", _consumerKey},
                          {"oauth_nonce", _nonces()},
                          {"oauth_signature_method", "RSA-SHA1"},
                          {"oauth_timestamp", std::to_string((_nowMs() + clockOffsetMs) / 1000)},
                          {"oauth_version", "1.0"}};
    parameters.insert(parameters.end(), extra.begin(), extra.end());
    std::string base = signatureBaseString(request, parameters);
    parameters.emplace_back("oauth_signature", _key.signatureOf(base));
    return {header(parameters), std::move(base)};
}

std::string Signer::header(const Parameters& parameters) const {
    std::string text = _realm.empty() ? "" : "realm=" + quoted(_realm);
    for (const auto& [name, value] : parameters)
        text += (text.empty() ? "" : ", ") + percentEncoded(name) + "=\"" + percentEncoded(value) + "\"";
    return "OAuth " + text;
}

} // namespace jira_plugin::oauth1
