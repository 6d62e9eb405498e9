#include "pending_grant_store.hpp"

#include "jira/json.hpp"
#include "sealed.hpp"
#include "store/database.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::connection {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::JSON::Array;
using Poco::JSON::Object;
namespace json = jira::json;

constexpr const char* sealedField = "pending_grant";

Array::Ptr listOf(const std::vector<std::string>& texts) {
    Array::Ptr list(new Array);
    for (const auto& text : texts) {
        list->add(text);
    }
    return list;
}

std::vector<std::string> textsOf(const Array::Ptr& list) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        texts.push_back(json::textOf(list->get(static_cast<unsigned>(i))));
    }
    return texts;
}

Secret grantText(const PendingGrant& pending) {
    Object object;
    object.set("access", pending.grant.accessToken.reveal());
    object.set("refresh", pending.grant.refreshToken.reveal());
    object.set("lifetimeMs", pending.grant.lifetimeMs);
    object.set("grantedAtMs", pending.grantedAtMs);
    object.set("scopes", listOf(pending.grant.scopes));
    return Secret(json::write(object));
}

std::string siteText(const std::vector<Site>& sites) {
    Array list;
    for (const auto& site : sites) {
        Object::Ptr object(new Object);
        object->set("id", site.id);
        object->set("name", site.name);
        object->set("url", site.url);
        object->set("scopes", listOf(site.scopes));
        list.add(object);
    }
    return json::write(list);
}

PendingGrant read(const Secret& grant, const std::string& sites) {
    PendingGrant pending;
    const auto object = json::parseObject(grant.reveal());
    pending.grant.accessToken = Secret(json::text(object, "access"));
    pending.grant.refreshToken = Secret(json::text(object, "refresh"));
    pending.grant.lifetimeMs = json::number(object, "lifetimeMs", 0);
    pending.grant.scopes = textsOf(json::array(object, "scopes"));
    pending.grantedAtMs = json::number(object, "grantedAtMs", 0);
    const auto list = json::parseArray(sites);
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const auto site = json::objectAt(list, i);
        pending.sites.push_back({json::text(site, "id"), json::text(site, "name"), json::text(site, "url"),
                                 textsOf(json::array(site, "scopes"))});
    }
    return pending;
}

} // namespace

void PendingGrantStore::save(const std::string& organisation, const std::string& user,
                             const PendingGrant& pending, std::int64_t nowMs) {
    const std::string sealed = _sealer.seal(organisation, sealedField, grantText(pending));
    _database.transaction([&](Session& session) {
        session << "INSERT INTO pending_grant (organisation, user_id, sealed_grant, sites, expires_at_ms, "
                   "seen_connected_at_ms, handover) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT "
                   "(organisation, user_id) "
                   "DO UPDATE SET sealed_grant = excluded.sealed_grant, sites = excluded.sites, "
                   "expires_at_ms = excluded.expires_at_ms, "
                   "seen_connected_at_ms = excluded.seen_connected_at_ms, handover = excluded.handover",
            bind(organisation), bind(user), bind(sealed), bind(siteText(pending.sites)),
            bind(nowMs + lifetimeMs), bind(pending.seenConnectedAtMs), bind(pending.handover), now;
    });
}

std::optional<PendingGrant> PendingGrantStore::load(const std::string& organisation, const std::string& user,
                                                    std::int64_t nowMs) {
    std::vector<std::string> sealed, sites, handovers;
    std::vector<std::int64_t> seen;
    const bool found = _database.read([&](Session& session) {
        session << "SELECT sealed_grant, sites, seen_connected_at_ms, handover FROM pending_grant WHERE "
                   "organisation = $1 "
                   "AND user_id = $2 AND expires_at_ms > $3",
            bind(organisation), bind(user), bind(nowMs), into(sealed), into(sites), into(seen),
            into(handovers), now;
        return !sealed.empty();
    });
    if (!found) {
        return std::nullopt;
    }
    try {
        PendingGrant pending = read(_sealer.open(organisation, sealedField, sealed[0]), sites[0]);
        pending.seenConnectedAtMs = seen[0];
        pending.handover = handovers[0];
        return pending;
    } catch (const SealError&) {
        return std::nullopt; // the user authorises again
    }
}

void PendingGrantStore::remove(const std::string& organisation, const std::string& user) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM pending_grant WHERE organisation = $1 AND user_id = $2", bind(organisation),
            bind(user), now;
    });
}

void PendingGrantStore::purge(std::int64_t nowMs) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM pending_grant WHERE expires_at_ms <= $1", bind(nowMs), now;
    });
}

} // namespace jira_plugin::connection
