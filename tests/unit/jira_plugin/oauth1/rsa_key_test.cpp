#include "oauth1/rsa_key.hpp"

#include "connection/sealed.hpp"
#include "host/services.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

using namespace jira_plugin;
using namespace jira_plugin::oauth1;
using connection::Secret;

namespace {

using PublicKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

/// Made once: a key pair takes a moment.
const RsaKey& sampleKey() {
    static const RsaKey key = RsaKey::generate();
    return key;
}

PublicKey readPublic(const std::string& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    return {PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free};
}

bool isSignatureOf(const std::string& base64, const std::string& text, EVP_PKEY* key) {
    std::string bytes(base64.size(), '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                       reinterpret_cast<const unsigned char*>(base64.data()),
                                       static_cast<int>(base64.size()));
    const auto padding = std::count(base64.begin(), base64.end(), '=');
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha1(), nullptr, key) == 1 &&
           EVP_DigestVerify(digest.get(), reinterpret_cast<const unsigned char*>(bytes.data()),
                            static_cast<std::size_t>(length - padding),
                            reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
}

/// OpenSSL as a hardened machine has it: no algorithm but those of a FIPS provider, which is not loaded.
struct Hardened {
    Hardened() { EVP_set_default_properties(nullptr, "fips=yes"); }
    ~Hardened() { EVP_set_default_properties(nullptr, ""); }
};

struct OneKey : host::Keys {
    host::Key current(const std::string&) override {
        host::Key key;
        key.id = "key-1";
        key.bytes.fill(7);
        return key;
    }
    host::Key byId(const std::string& organisation, const std::string&) override {
        return current(organisation);
    }
};

/// The key of the OAuth project's well-known test case, which is far too short to be used.
constexpr const char* weakPem = R"(-----BEGIN PRIVATE KEY-----
MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBALRiMLAh9iimur8V
A7qVvdqxevEuUkW4K+2KdMXmnQbG9Aa7k7eBjK1S+0LYmVjPKlJGNXHDGuy5Fw/d
7rjVJ0BLB+ubPK8iA/Tw3hLQgXMRRGRXXCn8ikfuQfjUS1uZSatdLB81mydBETlJ
hI6GH4twrbDJCR2Bwy/XWXgqgGRzAgMBAAECgYBYWVtleUzavkbrPjy0T5FMou8H
X9u2AC2ry8vD/l7cqedtwMPp9k7TubgNFo+NGvKsl2ynyprOZR1xjQ7WgrgVB+mm
uScOM/5HVceFuGRDhYTCObE+y1kxRloNYXnx3ei1zbeYLPCHdhxRYW7T0qcynNmw
rn05/KO2RLjgQNalsQJBANeA3Q4Nugqy4QBUCEC09SqylT2K9FrrItqL2QKc9v0Z
zO2uwllCbg0dwpVuYPYXYvikNHHg+aCWF+VXsb9rpPsCQQDWR9TT4ORdzoj+Nccn
qkMsDmzt0EfNaAOwHOmVJ2RVBspPcxt5iN4HI7HNeG6U5YsFBb+/GZbgfBT3kpNG
WPTpAkBI+gFhjfJvRw38n3g/+UeAkwMI2TJQS4n8+hid0uus3/zOjDySH3XHCUno
cn1xOJAyZODBo47E+67R4jV1/gzbAkEAklJaspRPXP877NssM5nAZMU0/O/NGCZ+
3jPgDUno6WbJn5cqm8MqWhW1xGkImgRk+fkDBquiq4gPiT898jusgQJAd5Zrr6Q8
AO/0isr/3aa6O6NLQxISLKcPDk2NOccAfS/xOtfOz4sJYM3+Bs4Io9+dZGSDCA54
Lw03eHTNQghS0A==
-----END PRIVATE KEY-----
)";

} // namespace

TEST_CASE("oauth1: a key pair has 2048 bits unless more are wanted", "[oauth1]") {
    CHECK(sampleKey().bits() == 2048);
    CHECK(RsaKey::generate(3072).bits() == 3072);
    CHECK_THROWS_AS(RsaKey::generate(1024), KeyError);
    CHECK_THROWS_AS(RsaKey::generate(1 << 20), KeyError);
}

TEST_CASE("oauth1: two key pairs are never the same", "[oauth1]") {
    CHECK(RsaKey::generate().publicLine() != sampleKey().publicLine());
}

TEST_CASE("oauth1: the public key is pasted as PEM or as one line", "[oauth1]") {
    const std::string pem = sampleKey().publicPem();
    CHECK(pem.rfind("-----BEGIN PUBLIC KEY-----\n", 0) == 0);
    CHECK(pem.substr(pem.size() - 25) == "-----END PUBLIC KEY-----\n");
    const std::string line = sampleKey().publicLine();
    CHECK(line.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") ==
          std::string::npos);
    std::string joined = pem.substr(27, pem.size() - 27 - 25);
    joined.erase(std::remove(joined.begin(), joined.end(), '\n'), joined.end());
    CHECK(joined == line);
    CHECK(line.rfind("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", 0) == 0); // SubjectPublicKeyInfo of 2048 bits
}

TEST_CASE("oauth1: the public key verifies what the private one signs", "[oauth1]") {
    const PublicKey key = readPublic(sampleKey().publicPem());
    REQUIRE(key);
    for (const std::string& text : {std::string(), std::string("POST&https%3A%2F%2Fh%2F&"),
                                    std::string(100000, 'x'), std::string("\0\xFF", 2)}) {
        const std::string signature = sampleKey().signatureOf(text);
        CHECK(signature.size() == 344);
        CHECK(isSignatureOf(signature, text, key.get()));
        CHECK_FALSE(isSignatureOf(signature, text + "x", key.get()));
    }
}

TEST_CASE("oauth1: the well-known RSA-SHA1 signature of the OAuth test cases", "[oauth1]") {
    const RsaKey key = RsaKey::fromPem(Secret(weakPem), 1024);
    CHECK(key.signatureOf("GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacaction.jpg"
                          "%26oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3D13917289812797014437"
                          "%26oauth_signature_method%3DRSA-SHA1%26oauth_timestamp%3D1196666512"
                          "%26oauth_version%3D1.0%26size%3Doriginal") ==
          "jvTp/wX1TYtByB1m+Pbyo0lnCOLIsyGCH7wke8AUs3BpnwZJtAuEJkvQL2/9n4s5wUmUl4aCI4BwpraNx4RtEXMe5qg5T1LVTG"
          "liMRpKasKsW//e+RinhejgCuzoH26dyF8iY2ZZ/5D1ilgeijhV/vBka5twt399mXwaYdCwFYE=");
}

TEST_CASE("oauth1: a private key survives being sealed", "[oauth1]") {
    OneKey keys;
    const connection::Sealer sealer(keys);
    const Secret pem = sampleKey().privatePem();
    CHECK(pem.reveal().rfind("-----BEGIN PRIVATE KEY-----\n", 0) == 0);
    const std::string sealed = sealer.seal("org", "oauth1_private_key", pem);
    CHECK(sealed.find("PRIVATE") == std::string::npos);
    const RsaKey loaded = RsaKey::fromPem(sealer.open("org", "oauth1_private_key", sealed));
    CHECK(loaded.publicPem() == sampleKey().publicPem());
    CHECK(loaded.signatureOf("text") == sampleKey().signatureOf("text"));
}

TEST_CASE("oauth1: what is no sound RSA key is refused without showing it", "[oauth1]") {
    CHECK_THROWS_AS(RsaKey::fromPem(Secret("")), KeyError);
    CHECK_THROWS_AS(RsaKey::fromPem(Secret("no key")), KeyError);
    CHECK_THROWS_AS(RsaKey::fromPem(Secret(sampleKey().publicPem())), KeyError);
    CHECK_THROWS_WITH(RsaKey::fromPem(Secret(weakPem)), Catch::Contains("1024 bits"));

    std::string damaged = sampleKey().privatePem().reveal();
    damaged[damaged.size() / 2] = damaged[damaged.size() / 2] == 'A' ? 'B' : 'A';
    try {
        RsaKey::fromPem(Secret(damaged));
        FAIL("a damaged key was taken");
    } catch (const KeyError& error) {
        CHECK(std::string(error.what()).find(damaged.substr(100, 20)) == std::string::npos);
    }

    const PublicKey curve(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
    REQUIRE(PEM_write_bio_PrivateKey(bio.get(), curve.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    CHECK_THROWS_WITH(RsaKey::fromPem(Secret(std::string(data, static_cast<std::size_t>(length)))),
                      Catch::Contains("no RSA key"));
}

TEST_CASE("oauth1: a machine that forbids SHA-1 is told apart from a broken key", "[oauth1]") {
    const RsaKey& key = sampleKey();
    {
        const Hardened hardened;
        CHECK_THROWS_AS(key.signatureOf("text"), SigningForbidden);
        CHECK_THROWS_WITH(key.signatureOf("text"), Catch::Contains("refuses to make SHA-1 signatures"));
    }
    CHECK_NOTHROW(key.signatureOf("text"));
    CHECK(std::string(SigningForbidden::remedy()).find("rh-allow-sha1-signatures") != std::string::npos);
}
