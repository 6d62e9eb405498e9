#include "oauth_state_store.hpp"

#include "encoding.hpp"
#include "store/database.hpp"

#include <vector>

#include <Poco/Data/Statement.h>

namespace jira_plugin::connection {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

constexpr std::size_t stateBytes = 32;
constexpr std::int64_t keptMs = 24LL * 60 * 60 * 1000;

} // namespace

std::string OAuthStateStore::issue(const std::string& organisation, const std::string& user,
                                   std::int64_t seenConnectedAtMs, const std::string& handover,
                                   std::int64_t nowMs) {
    const std::string state = base64Url(randomBytes(stateBytes));
    _database.transaction([&](Session& session) {
        session << "INSERT INTO oauth_state (digest, organisation, user_id, created_at_ms, expires_at_ms, "
                   "used_at_ms, seen_connected_at_ms, handover) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)",
            bind(sha256Hex(state)), bind(organisation), bind(user), bind(nowMs), bind(nowMs + lifetimeMs),
            bind(seenConnectedAtMs), bind(handover), now;
    });
    return state;
}

RedeemedState OAuthStateStore::redeem(const std::string& state, const std::string& organisation,
                                      const std::string& user, std::int64_t nowMs) {
    // Found by its digest: how long the look-up takes says nothing about the state itself.
    const std::string digest = sha256Hex(state);
    return _database.transaction([&](Session& session) {
        std::vector<std::string> digests, organisations, users, handovers;
        std::vector<std::int64_t> created, expires, used, seen;
        session << "SELECT digest, organisation, user_id, created_at_ms, expires_at_ms, used_at_ms, "
                   "seen_connected_at_ms, handover FROM oauth_state WHERE digest = $1",
            bind(digest), into(digests), into(organisations), into(users), into(created), into(expires),
            into(used), into(seen), into(handovers), now;
        RedeemedState result;
        if (digests.empty() || !equalInConstantTime(digests[0], digest)) {
            return result;
        }
        if (!equalInConstantTime(organisations[0], organisation) || !equalInConstantTime(users[0], user)) {
            result.check = StateCheck::OtherUser; // stays usable for whom it was made
            return result;
        }
        result.handover = handovers[0];
        if (used[0] != 0) {
            result.check = StateCheck::Used;
            return result;
        }
        session << "UPDATE oauth_state SET used_at_ms = $1 WHERE digest = $2", bind(nowMs), bind(digest), now;
        const bool alive = nowMs < expires[0] && nowMs >= created[0] - lifetimeMs;
        result.check = alive ? StateCheck::Valid : StateCheck::Expired;
        result.seenConnectedAtMs = seen[0];
        return result;
    });
}

void OAuthStateStore::purge(std::int64_t nowMs) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM oauth_state WHERE expires_at_ms < $1", bind(nowMs - keptMs), now;
    });
}

} // namespace jira_plugin::connection
