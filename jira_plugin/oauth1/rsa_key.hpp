#pragma once

#include "connection/secret.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace jira_plugin::oauth1 {

/// A key pair could not be made, read or used. Holds nothing of the key.
class KeyError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// This machine refuses SHA-1 signatures, so no Data Center can be connected from it.
class SigningForbidden : public KeyError {
public:
    using KeyError::KeyError;
    /// What the operator should do.
    static const char* remedy();
};

constexpr int leastKeyBits = 2048;
constexpr int mostKeyBits = 8192;

/// The RSA key pair that an organisation signs its requests with. Cheap to copy; safe from any thread. The
/// key's memory is wiped with the last copy.
class RsaKey {
public:
    /// Takes a moment: 0.1 s for 2048 bits, several seconds for 4096. Throws KeyError, also for less than
    /// leastKeyBits.
    static RsaKey generate(int bits = leastKeyBits);

    /// Reads PKCS#8 PEM and checks that it is a whole RSA key of at least that many bits. Throws KeyError.
    static RsaKey fromPem(const connection::Secret& pem, int leastBits = leastKeyBits);

    /// PKCS#8 PEM, to be sealed.
    connection::Secret privatePem() const;

    /// SubjectPublicKeyInfo PEM with its BEGIN and END lines: what is pasted into Jira's application link.
    std::string publicPem() const;
    /// The same in one line without them, for forms that refuse the lines.
    std::string publicLine() const;

    int bits() const;

    /// RSASSA-PKCS1-v1_5 with SHA-1 in base64 (RFC 5849 section 3.4.3). Throws SigningForbidden or KeyError.
    std::string signatureOf(std::string_view text) const;

private:
    explicit RsaKey(evp_pkey_st* owned);
    std::shared_ptr<evp_pkey_st> _key;
};

} // namespace jira_plugin::oauth1
