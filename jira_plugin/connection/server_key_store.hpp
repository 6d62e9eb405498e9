#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::connection {

/// The key pair of one organisation for Jira Data Center as it is stored; the private half stays sealed.
struct ServerKey {
    std::string organisation;
    std::string consumerKey;
    std::string sealedPrivateKey;
    std::string publicKey; ///< PEM
    std::int64_t createdAtMs = 0;
    std::string baseUrl; ///< of the Jira that was verified with this pair; empty before
    std::string jiraVersion;
    std::int64_t verifiedAtMs = 0;
    // The pair that replaces it once Jira has its public key; empty while there is none.
    std::string nextSealedPrivateKey = {};
    std::string nextPublicKey = {};
    std::int64_t nextCreatedAtMs = 0;

    bool hasNext() const { return !nextPublicKey.empty(); }
    /// As it will be then; no Jira has accepted it yet.
    ServerKey next() const;
};

/// The key pairs, one per organisation. Safe from any thread and several processes; throws store::StoreError.
class ServerKeyStore {
public:
    explicit ServerKeyStore(store::Database& database) : _database(database) {}

    std::optional<ServerKey> load(const std::string& organisation);
    /// The stored pair: this one, unless somebody was faster.
    ServerKey addIfMissing(const ServerKey& key);
    /// Replaces the pair, and makes what was begun with the old one unusable.
    void replace(const ServerKey& key);
    /// Keeps a pair beside the present one, in place of an earlier such pair.
    void setNext(const ServerKey& key);
    /// Makes the next pair the present one if it is the one with this public key, and erases the one that it
    /// replaces. False when it is not.
    bool promote(const std::string& organisation, const std::string& nextPublicKey);
    /// Remembers the Jira that accepted this public key.
    void verified(const ServerKey& key);

private:
    store::Database& _database;
};

} // namespace jira_plugin::connection
