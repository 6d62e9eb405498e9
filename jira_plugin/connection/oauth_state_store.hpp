#pragma once

#include <cstdint>
#include <string>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::connection {

/// What became of an OAuth state that came back.
enum class StateCheck { Valid, Unknown, Expired, Used, OtherUser };

struct RedeemedState {
    StateCheck check = StateCheck::Unknown;
    std::int64_t seenConnectedAtMs = 0; ///< Valid: the connection that was there at the start
    std::string handover; ///< unless Unknown or OtherUser: digest of the link that it began with, if any
};

/// The states of authorisations that are under way: 256 random bits, good once, for ten minutes, for the user
/// and organisation that began. Only a digest is stored. Safe from any thread and several processes; throws
/// store::StoreError.
class OAuthStateStore {
public:
    static constexpr std::int64_t lifetimeMs = 600'000;

    explicit OAuthStateStore(store::Database& database) : _database(database) {}

    /// A new state.
    std::string issue(const std::string& organisation, const std::string& user,
                      std::int64_t seenConnectedAtMs, const std::string& handover, std::int64_t nowMs);

    /// Uses the state up, unless it belongs to somebody else.
    RedeemedState redeem(const std::string& state, const std::string& organisation, const std::string& user,
                         std::int64_t nowMs);

    /// Deletes states that ended long ago.
    void purge(std::int64_t nowMs);

private:
    store::Database& _database;
};

} // namespace jira_plugin::connection
