#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::connection {

/// The kinds of Jira, as they are stored and told.
constexpr const char* cloudDeployment = "cloud";
constexpr const char* serverDeployment = "data_center";

enum class RecordState { Disconnected, Connected, NeedsAttention };

/// An organisation's connection as it is stored; tokens stay sealed.
struct ConnectionRecord {
    std::string organisation;
    std::string deployment = cloudDeployment;
    RecordState state = RecordState::Disconnected;
    std::int64_t version = 0; ///< one more with every change of tokens or state
    std::string siteId;       ///< kept when disconnected: connecting another site then asks first
    std::string siteUrl;
    std::string siteName;
    std::string accountId;
    std::string accountName;
    std::string scopes; ///< separated by spaces
    std::string sealedAccessToken;
    std::string sealedRefreshToken;
    std::int64_t accessExpiresAtMs = 0;
    std::int64_t refreshedAtMs = 0;
    std::int64_t connectedAtMs = 0; ///< never the same for two connections of an organisation
    std::string connectedBy;        ///< user id
    std::string attention;          ///< why somebody must look, with what to do
    std::string attentionRemedy;
    // Data Center alone; there sealedRefreshToken is the session handle that renews the access token.
    std::string sealedTokenSecret;
    std::int64_t renewableUntilMs = 0;
    std::string baseUrl; ///< where Jira is called; siteUrl is the address that people see
    std::string dialect; ///< jira::toText of what was seen last
    /// Somebody began to refresh this version, and it is not known to have ended well.
    bool isBeingRefreshed = false;

    bool isDataCenter() const { return deployment == serverDeployment; }
};

/// A rotated pair, ready to be stored.
struct SealedTokens {
    std::string access;
    std::string refresh;
    std::int64_t expiresAtMs = 0;
    std::int64_t refreshedAtMs = 0;
    std::string tokenSecret = {}; ///< Data Center
    std::int64_t renewableUntilMs = 0;
};

/// The connection table. Safe from any thread and from several processes; all functions throw
/// store::StoreError.
class ConnectionStore {
public:
    explicit ConnectionStore(store::Database& database) : _database(database) {}

    std::optional<ConnectionRecord> load(const std::string& organisation);
    /// Those that are connected to this kind of Jira.
    std::vector<std::string> connectedOrganisations(const std::string& deployment);

    enum class Connecting {
        Stored,
        Overtaken,    ///< somebody else connected in the meantime
        HandoverEnded ///< the link is not the member's to use any more
    };
    /// Stores a new connection if the present one still began at seenConnectedAtMs (0: there was none), and
    /// in the same step uses up the link with this digest, unless it is empty. Sets connectedAtMs and
    /// version. Unless Stored, nothing was changed.
    Connecting connect(ConnectionRecord& record, std::int64_t seenConnectedAtMs, const std::string& handover);

    /// Deletes the tokens, what was begun or waits for a choice, and the handed-over link; keeps the site.
    /// False when there was no connection.
    bool disconnect(const std::string& organisation);

    /// Takes the right to refresh this version's token until untilMs; owner begins with the instance of the
    /// database. Where hosts share it, the time between both is counted by the database's clock. False while
    /// somebody else has it, or when there is a newer version.
    bool leaseRefresh(const std::string& organisation, std::int64_t version, const std::string& owner,
                      std::int64_t nowMs, std::int64_t untilMs);
    /// Gives the right back; that a refresh began stays on record until one succeeds or the connection ends.
    void releaseRefresh(const std::string& organisation, const std::string& owner);
    /// Makes this process the one that finishes what dead ones began: all that are not among those of
    /// Database::alive. Answers whose refreshes these are, of this kind of Jira.
    std::vector<std::string> takeOverRefreshes(const std::string& deployment);

    /// Replaces the tokens of this version and ends the lease. False when there is a newer version.
    bool storeTokens(const std::string& organisation, std::int64_t version, const SealedTokens& tokens);

    /// Remembers what the Jira that is connected since then speaks.
    void storeDialect(const std::string& organisation, std::int64_t connectedAtMs,
                      const std::string& dialect);

    /// Marks this version as dead. False when there is a newer version or it is marked already.
    bool markAttention(const std::string& organisation, std::int64_t version, const std::string& message,
                       const std::string& remedy);
    /// Those that somebody must look at.
    std::vector<ConnectionRecord> ended();

private:
    store::Database& _database;
};

} // namespace jira_plugin::connection
