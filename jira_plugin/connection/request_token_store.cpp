#include "request_token_store.hpp"

#include "encoding.hpp"
#include "sealed.hpp"
#include "store/database.hpp"

#include <optional>
#include <vector>

#include <Poco/Data/Statement.h>

namespace jira_plugin::connection {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

constexpr std::int64_t keptMs = 24LL * 60 * 60 * 1000;
constexpr const char* secretField = "request_token_secret";

struct Row {
    std::string organisation, user, sealedSecret;
    std::int64_t createdAtMs = 0, expiresAtMs = 0, usedAtMs = 0;
    RequestToken pending;
};

std::optional<Row> select(Session& session, const std::string& digest) {
    std::vector<std::string> digests, organisations, users, secrets, urls, sites, versions;
    std::vector<std::int64_t> created, expires, used, seen;
    session << "SELECT digest, organisation, user_id, sealed_secret, base_url, site_url, dialect, "
               "created_at_ms, expires_at_ms, used_at_ms, seen_connected_at_ms FROM request_token WHERE "
               "digest = $1",
        bind(digest), into(digests), into(organisations), into(users), into(secrets), into(urls), into(sites),
        into(versions), into(created), into(expires), into(used), into(seen), now;
    if (digests.empty() || !equalInConstantTime(digests[0], digest)) {
        return std::nullopt;
    }
    return Row{organisations[0],
               users[0],
               secrets[0],
               created[0],
               expires[0],
               used[0],
               {{}, {}, urls[0], sites[0], versions[0], seen[0]}};
}

} // namespace

void RequestTokenStore::save(const std::string& organisation, const std::string& user,
                             const RequestToken& pending, std::int64_t nowMs) {
    const std::string sealed = _sealer.seal(organisation, secretField, pending.secret);
    _database.transaction([&](Session& session) {
        session << "INSERT INTO request_token (digest, organisation, user_id, sealed_secret, base_url, "
                   "site_url, dialect, created_at_ms, expires_at_ms, used_at_ms, seen_connected_at_ms) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10) ON CONFLICT (digest) DO NOTHING",
            bind(sha256Hex(pending.token)), bind(organisation), bind(user), bind(sealed),
            bind(pending.baseUrl), bind(pending.siteUrl), bind(pending.dialect), bind(nowMs),
            bind(nowMs + lifetimeMs), bind(pending.seenConnectedAtMs), now;
    });
}

RedeemedRequestToken RequestTokenStore::redeem(const std::string& token, const std::string& organisation,
                                               const std::string& user, std::int64_t nowMs) {
    const std::string digest = sha256Hex(token);
    std::string sealed;
    RedeemedRequestToken result = _database.transaction([&](Session& session) {
        RedeemedRequestToken redeemed;
        const auto row = select(session, digest);
        if (!row) {
            return redeemed;
        }
        if (!equalInConstantTime(row->organisation, organisation) || !equalInConstantTime(row->user, user)) {
            redeemed.check = StateCheck::OtherUser; // stays usable for whom it was made
            return redeemed;
        }
        if (row->usedAtMs != 0) {
            redeemed.check = StateCheck::Used;
            return redeemed;
        }
        session << "UPDATE request_token SET used_at_ms = $1, sealed_secret = '' WHERE digest = $2",
            bind(nowMs), bind(digest), now;
        const bool alive = nowMs < row->expiresAtMs && nowMs >= row->createdAtMs - lifetimeMs;
        redeemed.check = alive ? StateCheck::Valid : StateCheck::Expired;
        redeemed.pending = row->pending;
        sealed = row->sealedSecret;
        return redeemed;
    });
    if (result.check == StateCheck::Valid) {
        result.pending.token = token;
        result.pending.secret = _sealer.open(organisation, secretField, sealed);
    }
    return result;
}

void RequestTokenStore::purge(std::int64_t nowMs) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM request_token WHERE expires_at_ms < $1", bind(nowMs - keptMs), now;
    });
}

} // namespace jira_plugin::connection
