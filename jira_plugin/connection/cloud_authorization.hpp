#pragma once

#include "auth_outcome.hpp"
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
struct ConnectionRecord;

/// The way from "Authorize with Atlassian" to a connection. Safe from any thread.
class CloudAuthorization {
public:
    explicit CloudAuthorization(Context& context) : _context(context) {}

    std::string begin(const std::string& organisation, const std::string& user);
    AuthResult finish(const std::string& organisation, const std::string& user,
                      const std::map<std::string, std::string>& query);
    AuthResult chooseSite(const std::string& organisation, const std::string& user, const std::string& siteId,
                          bool confirmed);

private:
    AuthResult afterConsent(const std::string& organisation, const std::string& user, const std::string& code,
                            std::int64_t seenConnectedAtMs);
    AuthResult pickSite(const std::string& organisation, const std::string& user,
                        const PendingGrant& pending);
    AuthResult connect(const std::string& organisation, const std::string& user, const PendingGrant& pending,
                       const Site& site);
    AuthResult store(ConnectionRecord record, const PendingGrant& pending, bool hasProjects);
    AuthResult ask(AuthOutcome outcome, const std::string& organisation, const PendingGrant& pending);
    std::string previousSite(const std::string& organisation);

    Context& _context;
};

} // namespace jira_plugin::connection
