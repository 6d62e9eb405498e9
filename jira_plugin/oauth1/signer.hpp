#pragma once

#include "encoding.hpp"
#include "rsa_key.hpp"

#include "jira/transport.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace jira_plugin::oauth1 {

/// A request with its signature, and what was signed: to be compared with what Jira says it expected.
struct Signature {
    std::string authorization; ///< the value of the Authorization header
    std::string baseString;
    std::string publicKey = {}; ///< of the pair that signed it, where there may be several
};

/// 128 random bits in hexadecimal.
std::string newNonce();

/// Signs requests with RSA-SHA1 as Jira Data Center wants them: the protocol's parameters in the
/// Authorization header. Safe from any thread.
class Signer {
public:
    /// realm: left out of the header when empty. newNonce may be replaced to get the same signature again.
    Signer(std::string consumerKey, RsaKey key, std::function<std::int64_t()> nowMs, std::string realm = {},
           std::function<std::string()> nonces = newNonce);

    /// extra: oauth_token, oauth_callback and the like. Every signature has a nonce of its own, so a request
    /// that is sent again has to be signed again. The request must be as it will be sent: a change of its
    /// address or form afterwards breaks the signature. clockOffsetMs is added to the time.
    Signature sign(const jira::HttpRequest& request, const Parameters& extra,
                   std::int64_t clockOffsetMs = 0) const;

    const std::string& consumerKey() const { return _consumerKey; }

private:
    std::string header(const Parameters& parameters) const;

    std::string _consumerKey;
    RsaKey _key;
    std::function<std::int64_t()> _nowMs;
    std::string _realm;
    std::function<std::string()> _nonces;
};

} // namespace jira_plugin::oauth1
