#include "sealed.hpp"

#include "encoding.hpp"
#include "host/services.hpp"

#include <memory>

#include <openssl/evp.h>

namespace jira_plugin::connection {
namespace {

constexpr int nonceBytes = 12;
constexpr int tagBytes = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

unsigned char* bytesOf(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytesOf(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

void require(int result, const char* message) {
    if (result != 1) {
        throw SealError(message);
    }
}

/// With lengths, so that no other pair of organisation and field gives the same bytes.
std::string associatedData(const std::string& organisation, const std::string& field) {
    return "jira/1/" + std::to_string(organisation.size()) + ":" + organisation + "/" +
           std::to_string(field.size()) + ":" + field;
}

Cipher newCipher() {
    Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    if (!cipher) {
        throw SealError("There is no memory left to encrypt with.");
    }
    return cipher;
}

std::string encrypt(const host::Key& key, const std::string& associated, const std::string& plain) {
    const std::string nonce = randomBytes(nonceBytes);
    const Cipher cipher = newCipher();
    std::string body(plain.size(), '\0');
    std::string tag(tagBytes, '\0');
    int length = 0;
    constexpr const char* failed = "A secret could not be encrypted.";
    require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.bytes.data(), bytesOf(nonce)),
            failed);
    require(EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytesOf(associated),
                              static_cast<int>(associated.size())),
            failed);
    require(EVP_EncryptUpdate(cipher.get(), bytesOf(body), &length, bytesOf(plain),
                              static_cast<int>(plain.size())),
            failed);
    require(EVP_EncryptFinal_ex(cipher.get(), bytesOf(body) + length, &length), failed);
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tagBytes, tag.data()), failed);
    return nonce + body + tag;
}

std::string decrypt(const host::Key& key, const std::string& associated, const std::string& sealed) {
    constexpr const char* failed =
        "A stored secret cannot be opened: it was changed, moved, or written under "
        "another key.";
    if (sealed.size() < nonceBytes + tagBytes) {
        throw SealError(failed);
    }
    const std::string nonce = sealed.substr(0, nonceBytes);
    const std::string body = sealed.substr(nonceBytes, sealed.size() - nonceBytes - tagBytes);
    std::string tag = sealed.substr(sealed.size() - tagBytes);
    const Cipher cipher = newCipher();
    std::string plain(body.size(), '\0');
    int length = 0;
    require(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.bytes.data(), bytesOf(nonce)),
            failed);
    require(EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytesOf(associated),
                              static_cast<int>(associated.size())),
            failed);
    require(EVP_DecryptUpdate(cipher.get(), bytesOf(plain), &length, bytesOf(body),
                              static_cast<int>(body.size())),
            failed);
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tagBytes, tag.data()), failed);
    require(EVP_DecryptFinal_ex(cipher.get(), bytesOf(plain) + length, &length), failed);
    return plain;
}

struct Parts {
    std::string keyId, body;
};

Parts partsOf(const std::string& sealed) {
    const std::size_t first = sealed.find('.');
    const std::size_t second = sealed.find('.', first == std::string::npos ? first : first + 1);
    if (second == std::string::npos || sealed.compare(0, first, "1") != 0) {
        throw SealError("A stored secret has a form that this version does not know.");
    }
    const auto keyId = fromBase64Url(sealed.substr(first + 1, second - first - 1));
    const auto body = fromBase64Url(sealed.substr(second + 1));
    if (!keyId || !body) {
        throw SealError("A stored secret is damaged.");
    }
    return {*keyId, *body};
}

} // namespace

std::string Sealer::seal(const std::string& organisation, const std::string& field,
                         const Secret& plain) const {
    const host::Key key = _keys.current(organisation);
    return "1." + base64Url(key.id) + "." +
           base64Url(encrypt(key, associatedData(organisation, field), plain.reveal()));
}

Secret Sealer::open(const std::string& organisation, const std::string& field,
                    const std::string& sealed) const {
    const Parts parts = partsOf(sealed);
    return Secret(
        decrypt(_keys.byId(organisation, parts.keyId), associatedData(organisation, field), parts.body));
}

bool Sealer::isCurrent(const std::string& organisation, const std::string& sealed) const {
    return partsOf(sealed).keyId == _keys.current(organisation).id;
}

} // namespace jira_plugin::connection
