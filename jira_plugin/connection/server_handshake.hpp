#pragma once

#include "oauth1/explanation.hpp"
#include "oauth1/handshake.hpp"
#include "oauth1/rsa_key.hpp"
#include "oauth1/signer.hpp"
#include "oauth1/token_answer.hpp"

#include <cstdint>
#include <string>

namespace jira_plugin::connection {

struct Context;

/// Who signs: the organisation's consumer key and private key.
struct Identity {
    std::string consumerKey;
    oauth1::RsaKey key;
    std::string publicKey = {}; ///< PEM
};

/// Throws jira::NotConfigured when this machine refuses such signatures. clockOffsetMs: how far Jira's clock
/// is ahead of this platform's.
oauth1::Signature signAs(const Context& context, const Identity& identity, const jira::HttpRequest& request,
                         const oauth1::Parameters& parameters, std::int64_t clockOffsetMs = 0);

/// One step of the handshake: signs, sends, reads the token. known: what is known of the Jira. Throws
/// ServerProblem, jira::NotConfigured.
oauth1::Token handshake(Context& context, const Identity& identity, oauth1::HandshakeRequest step,
                        oauth1::Circumstances known);

} // namespace jira_plugin::connection
