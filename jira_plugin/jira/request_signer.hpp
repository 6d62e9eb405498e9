#pragma once

#include "transport.hpp"

#include "oauth1/signer.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace jira_plugin::jira {

/// Signs the requests of one connection to a Data Center. Safe from any thread.
class RequestSigner {
public:
    virtual ~RequestSigner() = default;

    /// Signs a request as it will be sent: its address, query and form. Every call makes a nonce of its own.
    /// clockOffsetMs: how far Jira's clock is ahead of this platform's, to be added to the time that is
    /// signed. Throws ReconnectNeeded, RetryLater, NotConfigured.
    virtual oauth1::Signature sign(const HttpRequest& request, std::int64_t clockOffsetMs) = 0;

    /// What the application link knows this platform by, for explanations.
    virtual std::string consumerKey() const = 0;

    /// Jira called the token of that signature expired. True when the next signature has another one. Throws
    /// as sign().
    virtual bool renewAfter(const oauth1::Signature& /*refused*/) { return false; }

    /// Jira checked that signature against another public key. Who signs with the pair that Jira may have
    /// instead; null when there is none. Throws as sign().
    virtual std::shared_ptr<RequestSigner> other(const oauth1::Signature& /*refused*/) { return nullptr; }

    /// Jira took a signature of this signer, which was another one's other().
    virtual void taken() {}

    /// Jira does not accept the link or the token any more: only an admin can help.
    virtual void giveUp(const std::string& /*message*/, const std::string& /*remedy*/) {}
};

} // namespace jira_plugin::jira
