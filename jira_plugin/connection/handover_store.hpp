#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace Poco::Data {
class Session;
}
namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::connection {

/// A link with which one member may connect Jira in an admin's stead, as it is stored.
struct Handover {
    std::string organisation;
    std::string digest; ///< of its token, which is kept nowhere
    std::string createdBy;
    std::int64_t createdAtMs = 0;
    std::int64_t expiresAtMs = 0;
    std::int64_t seenConnectedAtMs = 0; ///< the connection that was there when it was made
    std::string claimedBy;              ///< the member who began with it; empty: nobody yet
    std::int64_t doneAtMs = 0;          ///< 0: it has not connected yet
};

/// The links that are out: 256 random bits each, for one organisation, one member, one connection and one
/// day. Safe from any thread and several processes; throws store::StoreError.
class HandoverStore {
public:
    static constexpr std::int64_t lifetimeMs = 24LL * 60 * 60 * 1000;

    explicit HandoverStore(store::Database& database) : _database(database) {}

    /// The token of a new link, which replaces the organisation's earlier one.
    std::string issue(const std::string& organisation, const std::string& user,
                      std::int64_t seenConnectedAtMs, std::int64_t nowMs);

    std::optional<Handover> load(const std::string& organisation);
    /// Nothing when this organisation has no link with that token.
    std::optional<Handover> find(const std::string& organisation, const std::string& token);

    /// Makes the link this member's. False: by now it is another's, done, expired or gone.
    bool claim(const Handover& handover, const std::string& user, std::int64_t nowMs);

    /// False when there was none.
    bool remove(const std::string& organisation);
    /// Deletes what expired a day ago.
    void purge(std::int64_t nowMs);

private:
    store::Database& _database;
};

/// Uses a claimed link up, within the transaction that stores its connection. False: it is not this member's
/// to use any more.
bool finishHandover(Poco::Data::Session& session, const std::string& organisation, const std::string& digest,
                    const std::string& user, std::int64_t nowMs);

} // namespace jira_plugin::connection
