#include "input.hpp"
#include "sync/delivery_auth.hpp"
#include "target.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

using jira_plugin::connection::Secret;

namespace {

constexpr std::int64_t now = 1'750'000'000'000;
const std::string key = "a-key-that-nobody-guesses";

std::string base64Url(const unsigned char* bytes, std::size_t size) {
    std::string out(4 * ((size + 2) / 3) + 1, '\0');
    out.resize(static_cast<std::size_t>(
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes, static_cast<int>(size))));
    for (char& c : out)
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    return out.substr(0, out.find('='));
}

std::string base64Url(const std::string& text) {
    return base64Url(reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

std::string signature(const std::string& text) {
    std::array<unsigned char, 32> digest{};
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), nullptr);
    return base64Url(digest.data(), digest.size());
}

} // namespace

/// First line: the header Authorization or X-Hub-Signature. Then the JSON of a token's header, on one line,
/// and of its claims: these are signed, so that the fuzzer gets behind the signature.
FUZZ_TARGET(webhook_signature) {
    using namespace jira_plugin::sync;
    const std::vector<Secret> secrets{Secret(key), Secret("")};
    const std::string header = fuzz::takeLine(input);
    fuzz::require(!isSignedByApp(header, Secret(key), now), "nobody guesses the key of a token");
    fuzz::require(!isSignedWith(header, input, {Secret(key)}), "nobody guesses the key of a body");
    isSignedByApp(header, Secret(""), now);
    isSignedWith(header, input, secrets);

    const std::string head = base64Url(fuzz::takeLine(input));
    const std::string token = head + "." + base64Url(std::string(input));
    isSignedByApp("Bearer " + token + "." + signature(token), Secret(key), now);
    isSignedByApp("JWT " + token + "." + signature(token), Secret(key), now);
    fuzz::require(!isSignedByApp("Bearer " + token + ".", Secret(key), now), "a token needs a signature");
}
