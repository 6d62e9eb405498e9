#include "rsa_key.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace jira_plugin::oauth1 {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

/// OpenSSL's words for the last failure, which hold no key material.
std::string lastReason() {
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason ? std::string(" (OpenSSL says: ") + reason + ")" : std::string{};
}

[[noreturn]] void fail(const std::string& message) {
    throw KeyError(message + lastReason() + ".");
}

/// Memory that OpenSSL wipes when it frees or grows it.
Bio newBio() {
    Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
    if (!bio)
        throw KeyError("There is no memory left for a key.");
    return bio;
}

std::string textOf(const Bio& bio) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}

std::string base64(const unsigned char* bytes, std::size_t count) {
    std::string text(4 * ((count + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, static_cast<int>(count));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

/// Without it OpenSSL would ask for a passphrase on the terminal.
int noPassphrase(char*, int, int, void*) {
    return -1;
}

void requireUsable(EVP_PKEY* key, int leastBits) {
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA)
        fail("The stored private key is no RSA key");
    if (EVP_PKEY_get_bits(key) < leastBits)
        fail("The stored private key has " + std::to_string(EVP_PKEY_get_bits(key)) + " bits, and at least " +
             std::to_string(leastBits) + " are needed");
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), &EVP_PKEY_CTX_free);
    if (!context || EVP_PKEY_check(context.get()) != 1)
        fail("The stored private key is damaged");
}

[[noreturn]] void throwForbidden() {
    throw SigningForbidden("This machine's OpenSSL refuses to make SHA-1 signatures" + lastReason() +
                           ", and the application links of Jira Data Center accept no others.");
}

} // namespace

const char* SigningForbidden::remedy() {
    return "Ask your platform operator to allow SHA-1 signatures for this service. On Red Hat Enterprise "
           "Linux 9 and its relatives: update-crypto-policies --set DEFAULT:SHA1, or an OpenSSL "
           "configuration "
           "of the service's own with rh-allow-sha1-signatures = yes. With a FIPS provider: let the service "
           "use the default provider.";
}

RsaKey::RsaKey(evp_pkey_st* owned) : _key(owned, &EVP_PKEY_free) {}

RsaKey RsaKey::generate(int bits) {
    if (bits < leastKeyBits || bits > mostKeyBits)
        throw KeyError("An RSA key of " + std::to_string(bits) + " bits is not made here; choose from " +
                       std::to_string(leastKeyBits) + " to " + std::to_string(mostKeyBits) + " bits.");
    ERR_clear_error();
    EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits));
    if (!key)
        fail("An RSA key pair could not be made");
    return RsaKey(key);
}

RsaKey RsaKey::fromPem(const connection::Secret& pem, int leastBits) {
    ERR_clear_error();
    const std::string& text = pem.reveal();
    const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
    EVP_PKEY* read = bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, &noPassphrase, nullptr) : nullptr;
    if (!read)
        fail("The stored private key cannot be read");
    RsaKey key(read);
    requireUsable(key._key.get(), leastBits);
    return key;
}

connection::Secret RsaKey::privatePem() const {
    const Bio bio = newBio();
    if (PEM_write_bio_PKCS8PrivateKey(bio.get(), _key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        fail("The private key could not be written");
    return connection::Secret(textOf(bio));
}

std::string RsaKey::publicPem() const {
    const Bio bio = newBio();
    if (PEM_write_bio_PUBKEY(bio.get(), _key.get()) != 1)
        fail("The public key could not be written");
    return textOf(bio);
}

std::string RsaKey::publicLine() const {
    unsigned char* bytes = nullptr;
    const int length = i2d_PUBKEY(_key.get(), &bytes);
    if (length <= 0)
        fail("The public key could not be written");
    std::string line = base64(bytes, static_cast<std::size_t>(length));
    OPENSSL_free(bytes);
    return line;
}

int RsaKey::bits() const {
    return EVP_PKEY_get_bits(_key.get());
}

std::string RsaKey::signatureOf(std::string_view text) const {
    ERR_clear_error();
    const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!digest)
        throw KeyError("There is no memory left to sign with.");
    // A policy shows itself here: the key is sound, so nothing else can be wrong with this pair of
    // algorithms.
    if (EVP_DigestSignInit_ex(digest.get(), nullptr, "SHA1", nullptr, nullptr, _key.get(), nullptr) != 1)
        throwForbidden();
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t length = 0;
    if (EVP_DigestSign(digest.get(), nullptr, &length, data, text.size()) != 1)
        fail("A request could not be signed");
    std::string signature(length, '\0');
    auto* out = reinterpret_cast<unsigned char*>(signature.data());
    if (EVP_DigestSign(digest.get(), out, &length, data, text.size()) != 1)
        fail("A request could not be signed");
    return base64(out, length);
}

} // namespace jira_plugin::oauth1
