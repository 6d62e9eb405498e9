#pragma once

#include "connection/secret.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// Who a delivery is for: an organisation and the Jira that it is connected to.
struct Addressee {
    std::string organisation;
    std::string system; ///< identity of that Jira, as in TicketRef::system
    /// What this Jira signs with; several while a secret is being changed. Empty: it signs nothing (Data
    /// Center before 10), and the path alone proves where a delivery comes from. Unused on Cloud, where the
    /// app's client secret signs for all.
    std::vector<connection::Secret> secrets;
};

/// What was heard with an authenticated delivery, for the canary and the time of the last event.
struct Heard {
    std::string organisation;
    std::string event; ///< Jira's name of it, e.g. "jira:issue_updated", "issue_property_set"
    std::string issueId;
    std::string propertyKey;   ///< of an issue property event; else empty
    std::string propertyValue; ///< its JSON; may be empty although the property has one
    std::int64_t atMs = 0;     ///< when it arrived, by the host's clock
};

/// The webhooks that are registered, as the route needs to know them. Called for every delivery: answers from
/// memory or with one look at the store, never from the network. Safe from any thread; throws std::exception
/// (store::StoreError, a key that the host does not give) when it cannot tell, and Jira is asked to come
/// again.
class WebhookDirectory {
public:
    virtual ~WebhookDirectory() = default;

    /// Data Center: whose path segment this is, by the SHA-256 of the segment in lower-case hexadecimal.
    /// Only of this organisation; the segment before it stays valid while it is being changed. Compares
    /// digests in constant time. The same nothing for an unknown organisation and an unknown segment.
    virtual std::optional<Addressee> byPathToken(const std::string& organisation,
                                                 const std::string& tokenDigest) = 0;

    /// Cloud: those whose connection registered one of these webhooks (matchedWebhookIds) and whose site has
    /// this host name (of issue.self or comment.self, in small letters, with ":port" unless it is the usual
    /// one). Two organisations may be connected to one site; empty when nobody is.
    virtual std::vector<Addressee> byWebhook(const std::vector<std::string>& webhookIds,
                                             const std::string& siteHost) = 0;

    /// Told after a delivery was authenticated and stored; must be quick and must not throw.
    virtual void heard(const Heard& what) noexcept = 0;
};

} // namespace jira_plugin::sync
