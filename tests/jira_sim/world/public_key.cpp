#include "world/public_key.hpp"

#include <algorithm>
#include <cctype>
#include <memory>
#include <stdexcept>
#include <vector>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace jira_sim {

namespace {

template <auto Free> struct Freed {
    template <typename Thing> void operator()(Thing* thing) const { Free(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;
using Bytes = std::vector<unsigned char>;

bool isBase64(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '=';
}

/// The bytes of a base64 text; empty when it is none.
Bytes decoded(const std::string& text) {
    if (text.empty() || text.size() % 4 != 0 || !std::all_of(text.begin(), text.end(), isBase64))
        return {};
    Bytes bytes(text.size() / 4 * 3);
    const int length = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    const auto padding = static_cast<std::size_t>(std::count(text.end() - 2, text.end(), '='));
    if (length < 0)
        return {};
    bytes.resize(static_cast<std::size_t>(length) - padding);
    return bytes;
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

/// What stands between the header lines, without white space; all of it when there are none.
std::string inner(const std::string& pasted) {
    std::string text = pasted;
    const std::size_t begin = text.find("-----BEGIN ");
    if (begin != std::string::npos) {
        const std::size_t start = text.find("-----", begin + 11);
        const std::size_t end = start == std::string::npos ? start : text.find("-----END ", start);
        if (end == std::string::npos)
            throw std::invalid_argument(
                "Public Key has a line -----BEGIN but no line -----END: a part of it is "
                "missing. Copy the whole key again.");
        text = text.substr(start + 5, end - start - 5);
    }
    text.erase(std::remove_if(text.begin(), text.end(),
                              [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }),
               text.end());
    return text;
}

Key keyOf(const Bytes& bytes, bool certificate) {
    const unsigned char* at = bytes.data();
    const auto size = static_cast<long>(bytes.size());
    Key key;
    if (!certificate)
        key.reset(d2i_PUBKEY(nullptr, &at, size));
    at = bytes.data();
    if (!key)
        if (const Certificate read{d2i_X509(nullptr, &at, size)})
            key.reset(X509_get_pubkey(read.get()));
    ERR_clear_error();
    return key;
}

std::string pemOf(const Key& key) {
    const Memory out{BIO_new(BIO_s_mem())};
    PEM_write_bio_PUBKEY(out.get(), key.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

} // namespace

std::string readPublicKey(const std::string& pasted) {
    if (has(pasted, "PRIVATE KEY-----"))
        throw std::invalid_argument(
            "Public Key holds a private key. Keep it secret and paste the public one.");
    if (has(pasted, "BEGIN RSA PUBLIC KEY") || has(pasted, "ssh-rsa"))
        throw std::invalid_argument(
            "Public Key is in another format. Paste an X.509 public key, which begins "
            "with -----BEGIN PUBLIC KEY-----.");
    const std::string text = inner(pasted);
    if (text.empty())
        throw std::invalid_argument("Public Key is required.");
    const Key key = keyOf(decoded(text), has(pasted, "BEGIN CERTIFICATE"));
    if (!key)
        throw std::invalid_argument(
            "Public Key is not a valid X.509 public key or certificate. Copy the whole "
            "key and paste it again.");
    if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA)
        throw std::invalid_argument("Public Key is not an RSA key.");
    return pemOf(key);
}

bool verifyRsaSha1(const std::string& publicKeyPem, const std::string& data, const std::string& signature) {
    const Memory in{BIO_new_mem_buf(publicKeyPem.data(), static_cast<int>(publicKeyPem.size()))};
    const Key key{PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr)};
    const Digest digest{EVP_MD_CTX_new()};
    const Bytes bytes = decoded(signature);
    const bool right =
        key && !bytes.empty() &&
        EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha1(), nullptr, key.get()) == 1 &&
        EVP_DigestVerify(digest.get(), bytes.data(), bytes.size(),
                         reinterpret_cast<const unsigned char*>(data.data()), data.size()) == 1;
    ERR_clear_error();
    return right;
}

} // namespace jira_sim
