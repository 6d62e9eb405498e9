#pragma once

#include "auth_outcome.hpp"
#include "connection_store.hpp"
#include "pending_grant_store.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace jira_plugin::jira {
struct User;
}

namespace jira_plugin::connection {

struct Context;
struct Handover;
struct RedeemedState;

/// The way from "Authorize with Atlassian" to a connection. Safe from any thread.
class CloudAuthorization {
public:
    explicit CloudAuthorization(Context& context) : _context(context) {}

    std::string begin(const std::string& organisation, const std::string& user);
    /// For the member who claimed the link.
    std::string beginHandedOver(const Handover& handover, const std::string& user);
    AuthResult finish(const std::string& organisation, const std::string& user,
                      const std::map<std::string, std::string>& query);
    AuthResult chooseSite(const std::string& organisation, const std::string& user, const std::string& siteId,
                          bool confirmed);

private:
    std::string begin(const std::string& organisation, const std::string& user,
                      std::int64_t seenConnectedAtMs, const std::string& handover);
    AuthResult afterReturn(const std::string& organisation, const std::string& user,
                           const std::map<std::string, std::string>& query, const RedeemedState& redeemed);
    AuthResult afterConsent(const std::string& organisation, const std::string& user, const std::string& code,
                            const RedeemedState& redeemed);
    bool isUsable(const std::string& organisation, const std::string& user, const std::string& handover);
    AuthResult pickSite(const std::string& organisation, const std::string& user,
                        const PendingGrant& pending);
    AuthResult connect(const std::string& organisation, const std::string& user, const PendingGrant& pending,
                       const Site& site);
    AuthResult store(ConnectionRecord record, const PendingGrant& pending, bool hasProjects);
    AuthResult notStored(const std::string& organisation, ConnectionStore::Connecting why);
    void announce(const ConnectionRecord& record, const std::string& handover);
    AuthResult ask(AuthOutcome outcome, const std::string& organisation, const PendingGrant& pending);
    std::string previousSite(const std::string& organisation);

    Context& _context;
};

} // namespace jira_plugin::connection
