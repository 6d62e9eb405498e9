#pragma once

#include "oauth_state_store.hpp"
#include "secret.hpp"

#include <cstdint>
#include <string>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::connection {

class Sealer;

/// An authorisation on Jira Data Center that is under way.
struct RequestToken {
    std::string token;
    Secret secret;
    std::string baseUrl;                ///< where it was asked for
    std::string siteUrl;                ///< Jira's own base URL
    std::string dialect;                ///< jira::toText of what was seen
    std::int64_t seenConnectedAtMs = 0; ///< the connection that was there at the start
};

struct RedeemedRequestToken {
    StateCheck check = StateCheck::Unknown;
    RequestToken pending; ///< Valid
};

/// Request tokens between "Verify Connection" and the way back: good once, for ten minutes as in Jira, for
/// the user and organisation that began. Of the token only a digest is stored; its secret is sealed. Safe
/// from any thread and several processes; throws store::StoreError.
class RequestTokenStore {
public:
    static constexpr std::int64_t lifetimeMs = 600'000;

    RequestTokenStore(store::Database& database, const Sealer& sealer)
        : _database(database), _sealer(sealer) {}

    /// Throws SealError, or what the host throws when it has no key.
    void save(const std::string& organisation, const std::string& user, const RequestToken& pending,
              std::int64_t nowMs);
    /// Uses the token up, unless it belongs to somebody else.
    RedeemedRequestToken redeem(const std::string& token, const std::string& organisation,
                                const std::string& user, std::int64_t nowMs);
    /// Deletes tokens that ended long ago.
    void purge(std::int64_t nowMs);

private:
    store::Database& _database;
    const Sealer& _sealer;
};

} // namespace jira_plugin::connection
