#include "connection_store.hpp"

#include "handover_store.hpp"
#include "store/database.hpp"
#include "store/sql_text.hpp"
#include "store/storable_text.hpp"

#include <algorithm>

#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::connection {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::Statement;
using store::storable;

constexpr const char* columns =
    "deployment, state, version, site_id, site_url, site_name, account_id, account_name, scopes, "
    "sealed_access_token, sealed_refresh_token, access_expires_at_ms, refreshed_at_ms, connected_at_ms, "
    "connected_by, attention, attention_remedy, sealed_token_secret, "
    "renewable_until_ms, base_url, dialect";

const char* word(RecordState state) {
    switch (state) {
    case RecordState::Connected:
        return "connected";
    case RecordState::NeedsAttention:
        return "needs_attention";
    case RecordState::Disconnected:
        break;
    }
    return "disconnected";
}

RecordState stateOf(const std::string& text) {
    for (const RecordState state : {RecordState::Connected, RecordState::NeedsAttention}) {
        if (text == word(state)) {
            return state;
        }
    }
    return RecordState::Disconnected;
}

std::optional<ConnectionRecord> select(Session& session, const std::string& organisation) {
    Statement statement(session);
    statement << "SELECT " << columns << ", refresh_owner FROM connection WHERE organisation = $1",
        bind(organisation), now;
    RecordSet rows(statement);
    if (rows.rowCount() == 0) {
        return std::nullopt;
    }
    const auto text = [&rows](const char* column) { return rows.value(column).convert<std::string>(); };
    const auto number = [&rows](const char* column) { return rows.value(column).convert<Poco::Int64>(); };
    ConnectionRecord record;
    record.organisation = organisation;
    record.deployment = text("deployment");
    record.state = stateOf(text("state"));
    record.version = number("version");
    record.siteId = text("site_id");
    record.siteUrl = text("site_url");
    record.siteName = text("site_name");
    record.accountId = text("account_id");
    record.accountName = text("account_name");
    record.scopes = text("scopes");
    record.sealedAccessToken = text("sealed_access_token");
    record.sealedRefreshToken = text("sealed_refresh_token");
    record.accessExpiresAtMs = number("access_expires_at_ms");
    record.refreshedAtMs = number("refreshed_at_ms");
    record.connectedAtMs = number("connected_at_ms");
    record.connectedBy = text("connected_by");
    record.attention = text("attention");
    record.attentionRemedy = text("attention_remedy");
    record.sealedTokenSecret = text("sealed_token_secret");
    record.renewableUntilMs = number("renewable_until_ms");
    record.baseUrl = text("base_url");
    record.dialect = text("dialect");
    record.isBeingRefreshed = !text("refresh_owner").empty();
    return record;
}

void replace(Session& session, const ConnectionRecord& record) {
    session << "DELETE FROM connection WHERE organisation = $1", bind(record.organisation), now;
    session
        << "INSERT INTO connection (organisation, " << columns
        << ", refresh_owner, refresh_until_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
           "$13, $14, $15, $16, $17, $18, $19, $20, $21, $22, '', 0)",
        bind(record.organisation), bind(record.deployment), bind(std::string(word(record.state))),
        bind(record.version), bind(record.siteId), bind(record.siteUrl), bind(storable(record.siteName)),
        bind(record.accountId), bind(storable(record.accountName)), bind(storable(record.scopes)),
        bind(record.sealedAccessToken), bind(record.sealedRefreshToken), bind(record.accessExpiresAtMs),
        bind(record.refreshedAtMs), bind(record.connectedAtMs), bind(record.connectedBy),
        bind(storable(record.attention)), bind(storable(record.attentionRemedy)),
        bind(record.sealedTokenSecret), bind(record.renewableUntilMs), bind(record.baseUrl),
        bind(record.dialect), now;
}

} // namespace

std::optional<ConnectionRecord> ConnectionStore::load(const std::string& organisation) {
    return _database.read([&](Session& session) { return select(session, organisation); });
}

std::vector<std::string> ConnectionStore::connectedOrganisations(const std::string& deployment) {
    return _database.read([&](Session& session) {
        std::vector<std::string> organisations;
        session << "SELECT organisation FROM connection WHERE state = 'connected' AND deployment = $1 "
                   "ORDER BY organisation",
            bind(deployment), into(organisations), now;
        return organisations;
    });
}

ConnectionStore::Connecting ConnectionStore::connect(ConnectionRecord& record, std::int64_t seenConnectedAtMs,
                                                     const std::string& handover) {
    return _database.transaction([&](Session& session) {
        const auto present = select(session, record.organisation);
        const std::int64_t presentSince = present ? present->connectedAtMs : 0;
        if (presentSince != seenConnectedAtMs) {
            return Connecting::Overtaken;
        }
        if (handover.empty()) { // an earlier link's success is no news beside this connection
            session << "DELETE FROM handover WHERE organisation = $1 AND done_at_ms > 0",
                bind(record.organisation), now;
        } else if (!finishHandover(session, record.organisation, handover, record.connectedBy,
                                   record.connectedAtMs)) {
            return Connecting::HandoverEnded;
        }
        record.connectedAtMs = std::max(record.connectedAtMs, presentSince + 1);
        record.version = present ? present->version + 1 : 1;
        replace(session, record);
        return Connecting::Stored;
    });
}

bool ConnectionStore::disconnect(const std::string& organisation) {
    const bool isNews = _database.transaction([&](Session& session) {
        auto record = select(session, organisation);
        session << "DELETE FROM pending_grant WHERE organisation = $1", bind(organisation), now;
        session << "DELETE FROM request_token WHERE organisation = $1", bind(organisation), now;
        session << "DELETE FROM handover WHERE organisation = $1", bind(organisation), now;
        if (!record || record->state == RecordState::Disconnected) {
            return false;
        }
        record->state = RecordState::Disconnected;
        record->sealedAccessToken.clear();
        record->sealedRefreshToken.clear();
        record->sealedTokenSecret.clear();
        record->attention.clear();
        record->attentionRemedy.clear();
        ++record->version;
        replace(session, *record);
        return true;
    });
    _database.scrub();
    return isNews;
}

bool ConnectionStore::leaseRefresh(const std::string& organisation, std::int64_t version,
                                   const std::string& owner, std::int64_t nowMs, std::int64_t untilMs) {
    return _database.transaction([&](Session& session) {
        const std::int64_t clock = _database.leaseClockMs(session, nowMs);
        const std::int64_t until = clock + (untilMs - nowMs);
        // A lease that ends later than one taken now would is from before the clock was set back.
        std::vector<std::string> taken;
        session
            << "UPDATE connection SET refresh_owner = $1, refresh_until_ms = $2 WHERE organisation = $3 "
               "AND version = $4 AND state = 'connected' AND (refresh_owner = '' OR refresh_until_ms <= $5 "
               "OR refresh_until_ms > $6) RETURNING organisation",
            bind(owner), bind(until), bind(organisation), bind(version), bind(clock), bind(until),
            into(taken), now;
        return !taken.empty();
    });
}

void ConnectionStore::releaseRefresh(const std::string& organisation, const std::string& owner) {
    _database.transaction([&](Session& session) {
        session
            << "UPDATE connection SET refresh_until_ms = 0 WHERE organisation = $1 AND refresh_owner = $2",
            bind(organisation), bind(owner), now;
    });
}

std::vector<std::string> ConnectionStore::takeOverRefreshes(const std::string& deployment) {
    return _database.transaction([&](Session& session) {
        const auto alive = _database.alive(session);
        std::vector<std::string> organisations, deployments, wanted;
        Statement update(session);
        update << "UPDATE connection SET refresh_owner = $1, refresh_until_ms = 0 WHERE refresh_owner <> '' "
                  "AND SUBSTR(refresh_owner, 1, 16) NOT IN ("
               << store::placeholders(2, alive.size()) << ") RETURNING organisation, deployment",
            bind(_database.instance());
        for (const std::string& instance : alive)
            update, bind(instance);
        update, into(organisations), into(deployments);
        update.execute();
        for (std::size_t i = 0; i < organisations.size(); ++i)
            if (deployments[i] == deployment)
                wanted.push_back(organisations[i]);
        return wanted;
    });
}

bool ConnectionStore::storeTokens(const std::string& organisation, std::int64_t version,
                                  const SealedTokens& tokens) {
    return _database.transaction([&](Session& session) {
        std::vector<std::string> stored;
        session << "UPDATE connection SET sealed_access_token = $1, sealed_refresh_token = $2, "
                   "access_expires_at_ms = $3, refreshed_at_ms = $4, sealed_token_secret = $5, "
                   "renewable_until_ms = $6, version = version + 1, refresh_owner = '', refresh_until_ms = 0 "
                   "WHERE organisation = $7 AND version = $8 AND state = 'connected' RETURNING organisation",
            bind(tokens.access), bind(tokens.refresh), bind(tokens.expiresAtMs), bind(tokens.refreshedAtMs),
            bind(tokens.tokenSecret), bind(tokens.renewableUntilMs), bind(organisation), bind(version),
            into(stored), now;
        return !stored.empty();
    });
}

void ConnectionStore::storeDialect(const std::string& organisation, std::int64_t connectedAtMs,
                                   const std::string& dialect) {
    _database.transaction([&](Session& session) {
        session << "UPDATE connection SET dialect = $1 WHERE organisation = $2 AND connected_at_ms = $3",
            bind(dialect), bind(organisation), bind(connectedAtMs), now;
    });
}

bool ConnectionStore::markAttention(const std::string& organisation, std::int64_t version,
                                    const std::string& message, const std::string& remedy) {
    return _database.transaction([&](Session& session) {
        std::vector<std::string> marked;
        session << "UPDATE connection SET state = 'needs_attention', attention = $1, attention_remedy = $2, "
                   "version = version + 1, refresh_owner = '', refresh_until_ms = 0 "
                   "WHERE organisation = $3 AND version = $4 AND state = 'connected' RETURNING organisation",
            bind(storable(message)), bind(storable(remedy)), bind(organisation), bind(version), into(marked),
            now;
        return !marked.empty();
    });
}

std::vector<ConnectionRecord> ConnectionStore::ended() {
    const auto organisations = _database.read([](Session& session) {
        std::vector<std::string> found;
        session
            << "SELECT organisation FROM connection WHERE state = 'needs_attention' ORDER BY organisation",
            into(found), now;
        return found;
    });
    std::vector<ConnectionRecord> records;
    for (const std::string& organisation : organisations)
        if (auto record = load(organisation); record && record->state == RecordState::NeedsAttention)
            records.push_back(*std::move(record));
    return records;
}

} // namespace jira_plugin::connection
