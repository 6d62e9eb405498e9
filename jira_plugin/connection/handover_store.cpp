#include "handover_store.hpp"

#include "encoding.hpp"
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

constexpr std::size_t tokenBytes = 32;
constexpr std::int64_t keptMs = 24LL * 60 * 60 * 1000;

} // namespace

std::string HandoverStore::issue(const std::string& organisation, const std::string& user,
                                 std::int64_t seenConnectedAtMs, std::int64_t nowMs) {
    const std::string token = base64Url(randomBytes(tokenBytes));
    _database.transaction([&](Session& session) {
        session << "DELETE FROM handover WHERE organisation = $1", bind(organisation), now;
        session << "INSERT INTO handover (organisation, digest, created_by, created_at_ms, expires_at_ms, "
                   "seen_connected_at_ms, claimed_by, done_at_ms) VALUES ($1, $2, $3, $4, $5, $6, '', 0)",
            bind(organisation), bind(sha256Hex(token)), bind(user), bind(nowMs), bind(nowMs + lifetimeMs),
            bind(seenConnectedAtMs), now;
    });
    return token;
}

std::optional<Handover> HandoverStore::load(const std::string& organisation) {
    return _database.read([&](Session& session) {
        Statement statement(session);
        statement << "SELECT digest, created_by, created_at_ms, expires_at_ms, seen_connected_at_ms, "
                     "claimed_by, done_at_ms FROM handover WHERE organisation = $1",
            bind(organisation), now;
        RecordSet rows(statement);
        if (rows.rowCount() == 0) {
            return std::optional<Handover>();
        }
        const auto text = [&rows](const char* column) { return rows.value(column).convert<std::string>(); };
        const auto number = [&rows](const char* column) { return rows.value(column).convert<Poco::Int64>(); };
        Handover handover;
        handover.organisation = organisation;
        handover.digest = text("digest");
        handover.createdBy = text("created_by");
        handover.createdAtMs = number("created_at_ms");
        handover.expiresAtMs = number("expires_at_ms");
        handover.seenConnectedAtMs = number("seen_connected_at_ms");
        handover.claimedBy = text("claimed_by");
        handover.doneAtMs = number("done_at_ms");
        return std::optional<Handover>(handover);
    });
}

std::optional<Handover> HandoverStore::find(const std::string& organisation, const std::string& token) {
    auto handover = load(organisation);
    // The digests are compared: how long that takes says nothing about the token.
    if (handover && !equalInConstantTime(handover->digest, sha256Hex(token))) {
        handover.reset();
    }
    return handover;
}

bool HandoverStore::claim(const Handover& handover, const std::string& user, std::int64_t nowMs) {
    return _database.transaction([&](Session& session) {
        std::vector<std::string> claimed;
        session << "UPDATE handover SET claimed_by = $1 WHERE organisation = $2 AND digest = $3 AND "
                   "(claimed_by = '' OR claimed_by = $4) AND done_at_ms = 0 AND expires_at_ms > $5 "
                   "RETURNING digest",
            bind(user), bind(handover.organisation), bind(handover.digest), bind(user), bind(nowMs),
            into(claimed), now;
        return !claimed.empty();
    });
}

bool HandoverStore::remove(const std::string& organisation) {
    return _database.transaction([&](Session& session) {
        std::vector<std::string> removed;
        session << "DELETE FROM handover WHERE organisation = $1 RETURNING digest", bind(organisation),
            into(removed), now;
        return !removed.empty();
    });
}

void HandoverStore::purge(std::int64_t nowMs) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM handover WHERE expires_at_ms < $1", bind(nowMs - keptMs), now;
    });
}

bool finishHandover(Session& session, const std::string& organisation, const std::string& digest,
                    const std::string& user, std::int64_t nowMs) {
    std::vector<std::string> finished;
    session << "UPDATE handover SET done_at_ms = $1 WHERE organisation = $2 AND digest = $3 AND "
               "claimed_by = $4 AND done_at_ms = 0 AND expires_at_ms > $5 RETURNING digest",
        bind(nowMs), bind(organisation), bind(digest), bind(user), bind(nowMs), into(finished), now;
    return !finished.empty();
}

} // namespace jira_plugin::connection
