#include "server_key_store.hpp"

#include "store/database.hpp"

#include <vector>

#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::connection {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::Statement;

std::optional<ServerKey> select(Session& session, const std::string& organisation) {
    Statement statement(session);
    statement << "SELECT consumer_key, sealed_private_key, public_key, created_at_ms, base_url, "
                 "jira_version, verified_at_ms, next_sealed_private_key, next_public_key, "
                 "next_created_at_ms FROM server_key WHERE organisation = $1",
        bind(organisation), now;
    RecordSet rows(statement);
    if (rows.rowCount() == 0) {
        return std::nullopt;
    }
    const auto text = [&rows](const char* column) { return rows.value(column).convert<std::string>(); };
    const auto number = [&rows](const char* column) { return rows.value(column).convert<Poco::Int64>(); };
    return ServerKey{organisation,
                     text("consumer_key"),
                     text("sealed_private_key"),
                     text("public_key"),
                     number("created_at_ms"),
                     text("base_url"),
                     text("jira_version"),
                     number("verified_at_ms"),
                     text("next_sealed_private_key"),
                     text("next_public_key"),
                     number("next_created_at_ms")};
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

ServerKey ServerKey::next() const {
    ServerKey key = *this;
    key.sealedPrivateKey = nextSealedPrivateKey;
    key.publicKey = nextPublicKey;
    key.createdAtMs = nextCreatedAtMs;
    key.baseUrl.clear();
    key.jiraVersion.clear();
    key.verifiedAtMs = 0;
    key.nextSealedPrivateKey.clear();
    key.nextPublicKey.clear();
    key.nextCreatedAtMs = 0;
    return key;
}

void ServerKeyStore::setNext(const ServerKey& key) {
    _database.transaction([&](Session& session) {
        session << "UPDATE server_key SET next_sealed_private_key = $1, next_public_key = $2, "
                   "next_created_at_ms = $3 WHERE organisation = $4",
            bind(key.sealedPrivateKey), bind(key.publicKey), bind(key.createdAtMs), bind(key.organisation),
            now;
    });
}

bool ServerKeyStore::promote(const std::string& organisation, const std::string& nextPublicKey) {
    const bool isPromoted = _database.transaction([&](Session& session) {
        std::vector<std::string> promoted;
        session << "UPDATE server_key SET sealed_private_key = next_sealed_private_key, public_key = "
                   "next_public_key, created_at_ms = next_created_at_ms, next_sealed_private_key = '', "
                   "next_public_key = '', next_created_at_ms = 0 WHERE organisation = $1 AND "
                   "next_public_key = $2 RETURNING organisation",
            bind(organisation), bind(nextPublicKey), into(promoted), now;
        return !promoted.empty();
    });
    if (isPromoted) {
        _database.scrub();
    }
    return isPromoted;
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
