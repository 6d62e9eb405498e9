#pragma once

#include "health.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::sync {

/// The unguessable end of a Data Center's URL and its secret, sealed.
struct WebhookKeys {
    std::string sealedPath;
    std::string pathDigest; ///< SHA-256 of the path segment
    std::string sealedSecret;
    std::string oldPathDigest; ///< empty: there is none
    std::string sealedOldSecret;
    std::int64_t oldUntilMs = 0;
};

struct WebhookRow {
    std::string organisation;
    std::string system;
    std::string siteHost;
    WebhookHealth::State state = WebhookHealth::State::Off;
    std::int64_t sinceMs = 0;
    std::string message;
    std::string remedy;
    std::string alerted;
    std::int64_t checkedAtMs = 0;
    std::int64_t registeredAtMs = 0;
    std::int64_t refreshedAtMs = 0;
    std::int64_t heardAtMs = 0;
    std::int64_t dueAtMs = -1;
    std::int64_t tries = 0;
    bool isSigned = false;
    WebhookKeys keys;
    std::string canaryIssue;
    std::string canaryNonce;
    std::int64_t canarySentMs = 0;
    std::int64_t canaryHeardMs = 0; ///< -1: given up
    std::int64_t delayMs = -1;
};

/// A webhook that we registered, as we registered it.
struct WebhookRegistration {
    std::string id;
    std::string urlDigest; ///< SHA-256
    std::vector<std::string> events;
    std::string jql;
    std::int64_t expiresAtMs = 0;
};

/// Who registered a webhook that a delivery names.
struct WebhookOwner {
    std::string organisation;
    std::string system;
};

/// The webhook tables. Safe from any thread and from several processes; throws store::StoreError.
class WebhookStore {
public:
    explicit WebhookStore(store::Database& database) : _database(database) {}

    std::optional<WebhookRow> load(const std::string& organisation);
    /// Of this Jira; what was stored of another one is dropped.
    WebhookRow open(const std::string& organisation, const std::string& system, const std::string& siteHost,
                    std::int64_t nowMs);
    void erase(const std::string& organisation);
    /// Organisations that have a row.
    std::vector<std::string> organisations();

    void saveState(const WebhookRow& row);
    /// When registering is tried again; -1: it is as it should be.
    void saveDue(const std::string& organisation, std::int64_t dueAtMs, std::int64_t tries);
    std::int64_t nextDueMs(); ///< -1: none
    void saveChecked(const std::string& organisation, std::int64_t atMs);
    void saveRefreshed(const std::string& organisation, std::int64_t atMs, std::int64_t expiresAtMs);
    void saveHeard(const std::string& organisation, std::int64_t atMs);
    void saveKeys(const std::string& organisation, bool isSigned, const WebhookKeys& keys);
    void saveCanary(const std::string& organisation, const std::string& issueId, const std::string& nonce,
                    std::int64_t sentAtMs);
    /// It is not waited for any more; hearing of it late still counts.
    void giveUpCanary(const std::string& organisation, std::int64_t sentAtMs);
    /// False when it was heard of before, or another one was sent since.
    bool hearCanary(const std::string& organisation, const std::string& nonce, std::int64_t atMs);

    std::vector<WebhookRegistration> registrations(const std::string& organisation);
    /// Replaces all of them. registeredAtMs: when any was registered; 0: none was.
    void saveRegistrations(const std::string& organisation, const std::string& siteHost,
                           const std::vector<WebhookRegistration>& all, std::int64_t registeredAtMs);
    /// Ids on this site that other organisations registered.
    std::vector<std::string> idsOfOthers(const std::string& organisation, const std::string& siteHost);
    /// Of any of these webhooks, each once.
    std::vector<WebhookOwner> owners(const std::vector<std::string>& webhookIds, const std::string& siteHost);

    /// Issues of this Jira that findings are linked to.
    std::int64_t linkedTickets(const std::string& organisation, const std::string& system);
    /// Those that were linked last.
    struct Linked {
        std::string issueId;
        std::string issueKey;
    };
    std::vector<Linked> lastLinked(const std::string& organisation, const std::string& system,
                                   std::int64_t most);
    /// Canaries that were not heard of, and when they were sent.
    struct Canary {
        std::string organisation;
        std::int64_t sentMs = 0;
    };
    std::vector<Canary> canaries();

    /// The time of the latest ticket that was created through us in this Jira, with its key.
    struct Created {
        std::string issueKey;
        std::int64_t atMs = 0;
    };
    std::optional<Created> lastCreated(const std::string& organisation, const std::string& system,
                                       std::int64_t beforeMs);

private:
    store::Database& _database;
};

} // namespace jira_plugin::sync
