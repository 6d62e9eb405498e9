#pragma once

#include "server_handshake.hpp"
#include "server_key_store.hpp"

#include "oauth1/rsa_key.hpp"

#include <string>

namespace jira_plugin::connection {

struct Context;

/// The key pairs that organisations sign their requests to Jira Data Center with; made when first needed.
/// Safe from any thread.
class ServerKeys {
public:
    explicit ServerKeys(Context& context) : _context(context) {}

    /// The organisation's pair, which stays the same until it is regenerated. Making one takes a moment.
    ServerKey pair(const std::string& organisation);

    /// A new pair with the same consumer key. While Jira is connected it waits beside the present one, which
    /// goes on until the link in Jira has the new public key; else it replaces it, and what was begun with
    /// the old one has to be begun again. Answers the pairs that there are then.
    ServerKey regenerate(const std::string& organisation, const std::string& user);

    /// Jira has taken a signature of the pair with this public key. False when it was not the next one.
    bool promote(const std::string& organisation, const std::string& publicKey);

    /// One step of the handshake with Jira, signed with the pair that Jira has: the next one first, which is
    /// promoted when Jira takes it. Throws as connection::handshake.
    oauth1::Token handshake(const std::string& organisation, const oauth1::HandshakeRequest& step,
                            const oauth1::Circumstances& known);

    /// Who signs with the present one of these pairs. Throws as privateKey.
    Identity identity(const ServerKey& key) const {
        return {key.consumerKey, privateKey(key), key.publicKey};
    }

    /// The private half. Throws jira::NotConfigured when it cannot be used any more.
    oauth1::RsaKey privateKey(const ServerKey& key) const;

private:
    ServerKey made(const std::string& organisation, const std::string& consumerKey) const;

    Context& _context;
};

/// A PEM without its BEGIN and END lines, in one line.
std::string withoutLines(const std::string& pem);

} // namespace jira_plugin::connection
