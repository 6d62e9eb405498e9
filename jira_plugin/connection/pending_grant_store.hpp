#pragma once

#include "oauth_protocol.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::connection {

class Sealer;

/// A grant whose user must still say which site it is for.
struct PendingGrant {
    Grant grant;
    std::vector<Site> sites;
    std::int64_t grantedAtMs = 0;
    std::int64_t seenConnectedAtMs = 0;
    std::string handover; ///< digest of the link that it came by; empty: an admin's own
};

/// Grants between consent and choice of the site, sealed, for half an hour. They are used up by success. Safe
/// from any thread and several processes; throws store::StoreError.
class PendingGrantStore {
public:
    static constexpr std::int64_t lifetimeMs = 1'800'000;

    PendingGrantStore(store::Database& database, const Sealer& sealer)
        : _database(database), _sealer(sealer) {}

    void save(const std::string& organisation, const std::string& user, const PendingGrant& pending,
              std::int64_t nowMs);
    /// Nothing when there is none, it is too old, or the host's key is gone.
    std::optional<PendingGrant> load(const std::string& organisation, const std::string& user,
                                     std::int64_t nowMs);
    void remove(const std::string& organisation, const std::string& user);
    void purge(std::int64_t nowMs);

private:
    store::Database& _database;
    const Sealer& _sealer;
};

} // namespace jira_plugin::connection
