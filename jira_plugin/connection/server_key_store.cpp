#include "server_key_store.hpp"

#include "store/database.hpp"

#include <vector>

#include <Poco/Data/Statement.h>

namespace jira_plugin::connection {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

std::optional<ServerKey> select(Session& session, const std::string& organisation) {
    std::vector<std::string> consumerKeys, privateKeys, publicKeys, urls, versions;
    std::vector<std::int64_t> created, verified;
    session << "SELECT consumer_key, sealed_private_key, public_key, created_at_ms, base_url, jira_version, "
               "verified_at_ms FROM server_key WHERE organisation = $1",
        bind(organisation), into(consumerKeys), into(privateKeys), into(publicKeys), into(created),
        into(urls), into(versions), into(verified), now;
    if (consumerKeys.empty()) {
        return std::nullopt;
    }
    return ServerKey{organisation, consumerKeys[0], privateKeys[0], publicKeys[0],
                     created[0],   urls[0],         versions[0],    verified[0]};
}

void insert(Session& session, const ServerKey& key) {
    session << "INSERT INTO server_key (organisation, consumer_key, sealed_private_key, public_key, "
               "created_at_ms, base_url, jira_version, verified_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, "
               "$8) ON CONFLICT (organisation) DO NOTHING",
        bind(key.organisation), bind(key.consumerKey), bind(key.sealedPrivateKey), bind(key.publicKey),
        bind(key.createdAtMs), bind(key.baseUrl), bind(key.jiraVersion), bind(key.verifiedAtMs), now;
}

} // namespace

std::optional<ServerKey> ServerKeyStore::load(const std::string& organisation) {
    return _database.read([&](Session& session) { return select(session, organisation); });
}

ServerKey ServerKeyStore::addIfMissing(const ServerKey& key) {
    return _database.transaction([&](Session& session) {
        insert(session, key);
        return select(session, key.organisation).value_or(key);
    });
}

void ServerKeyStore::replace(const ServerKey& key) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM server_key WHERE organisation = $1", bind(key.organisation), now;
        session << "DELETE FROM request_token WHERE organisation = $1", bind(key.organisation), now;
        insert(session, key);
    });
}

void ServerKeyStore::verified(const ServerKey& key) {
    _database.transaction([&](Session& session) {
        session << "UPDATE server_key SET base_url = $1, jira_version = $2, verified_at_ms = $3 WHERE "
                   "organisation = $4 AND public_key = $5",
            bind(key.baseUrl), bind(key.jiraVersion), bind(key.verifiedAtMs), bind(key.organisation),
            bind(key.publicKey), now;
    });
}

} // namespace jira_plugin::connection
