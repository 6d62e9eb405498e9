#include "webhook_store.hpp"

#include "store/database.hpp"
#include "store/sql_text.hpp"

#include <array>
#include <sstream>

#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::sync {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::Statement;
using State = WebhookHealth::State;

State stateOf(const std::string& word) {
    for (const State state :
         {State::Registering, State::Unproven, State::Healthy, State::Manual, State::Refused, State::Missing,
          State::Disabled, State::Expired, State::Wrong, State::Deaf})
        if (word == toString(state))
            return state;
    return State::Off;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::vector<std::string> split(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

std::optional<WebhookRow> select(Session& session, const std::string& organisation) {
    Statement statement(session);
    statement << "SELECT * FROM webhook WHERE organisation = $1", bind(organisation), now;
    RecordSet rows(statement);
    if (rows.rowCount() == 0)
        return std::nullopt;
    const auto text = [&rows](const char* column) { return rows.value(column).convert<std::string>(); };
    const auto number = [&rows](const char* column) {
        return static_cast<std::int64_t>(rows.value(column).convert<Poco::Int64>());
    };
    WebhookRow row;
    row.organisation = organisation;
    row.system = text("system");
    row.siteHost = text("site_host");
    row.state = stateOf(text("state"));
    row.sinceMs = number("since_ms");
    row.message = text("message");
    row.remedy = text("remedy");
    row.alerted = text("alerted");
    row.checkedAtMs = number("checked_at_ms");
    row.registeredAtMs = number("registered_at_ms");
    row.refreshedAtMs = number("refreshed_at_ms");
    row.heardAtMs = number("heard_at_ms");
    row.dueAtMs = number("due_at_ms");
    row.tries = number("tries");
    row.isSigned = number("is_signed") != 0;
    row.keys = {text("sealed_path"),     text("path_digest"),       text("sealed_secret"),
                text("old_path_digest"), text("sealed_old_secret"), number("old_until_ms")};
    row.canaryIssue = text("canary_issue");
    row.canaryNonce = text("canary_nonce");
    row.canarySentMs = number("canary_sent_ms");
    row.canaryHeardMs = number("canary_heard_ms");
    row.delayMs = number("delay_ms");
    return row;
}

void drop(Session& session, const std::string& organisation) {
    // In this order, as saving registrations holds the row of the webhook.
    session << "DELETE FROM webhook WHERE organisation = $1", bind(organisation), now;
    session << "DELETE FROM webhook_registration WHERE organisation = $1", bind(organisation), now;
}

/// Whether there is a webhook still, which then stays until the transaction ends.
bool hold(Session& session, const std::string& organisation) {
    std::vector<std::string> held;
    session << "UPDATE webhook SET system = system WHERE organisation = $1 RETURNING organisation",
        bind(organisation), into(held), now;
    return !held.empty();
}

} // namespace

std::optional<WebhookRow> WebhookStore::load(const std::string& organisation) {
    return _database.read([&](Session& session) { return select(session, organisation); });
}

WebhookRow WebhookStore::open(const std::string& organisation, const std::string& system,
                              const std::string& siteHost, std::int64_t nowMs) {
    return _database.transaction([&](Session& session) {
        const auto present = select(session, organisation);
        if (present && present->system == system && present->siteHost == siteHost)
            return *present;
        drop(session, organisation);
        session << "INSERT INTO webhook (organisation, system, site_host, state, since_ms, message, remedy, "
                   "alerted, checked_at_ms, registered_at_ms, refreshed_at_ms, heard_at_ms, due_at_ms, "
                   "tries, is_signed, sealed_path, path_digest, sealed_secret, old_path_digest, "
                   "sealed_old_secret, old_until_ms, canary_issue, canary_nonce, canary_sent_ms, "
                   "canary_heard_ms, delay_ms) VALUES ($1, $2, $3, 'off', $4, '', '', $5, 0, 0, 0, 0, -1, "
                   "0, 0, '', '', '', '', '', 0, '', '', 0, 0, -1)",
            bind(organisation), bind(system), bind(siteHost), bind(nowMs),
            bind(present ? present->alerted : std::string()), now;
        return *select(session, organisation);
    });
}

void WebhookStore::erase(const std::string& organisation) {
    _database.transaction([&](Session& session) { drop(session, organisation); });
}

std::vector<std::string> WebhookStore::organisations() {
    return _database.read([&](Session& session) {
        std::vector<std::string> all;
        session << "SELECT organisation FROM webhook ORDER BY organisation", into(all), now;
        return all;
    });
}

void WebhookStore::saveState(const WebhookRow& row) {
    _database.transaction([&](Session& session) {
        session << "UPDATE webhook SET state = $1, since_ms = $2, message = $3, remedy = $4, alerted = $5 "
                   "WHERE organisation = $6",
            bind(std::string(toString(row.state))), bind(row.sinceMs), bind(row.message), bind(row.remedy),
            bind(row.alerted), bind(row.organisation), now;
    });
}

void WebhookStore::saveDue(const std::string& organisation, std::int64_t dueAtMs, std::int64_t tries) {
    _database.transaction([&](Session& session) {
        session << "UPDATE webhook SET due_at_ms = $1, tries = $2 WHERE organisation = $3", bind(dueAtMs),
            bind(tries), bind(organisation), now;
    });
}

std::int64_t WebhookStore::nextDueMs() {
    return _database.read([](Session& session) {
        std::int64_t due = -1;
        session << "SELECT COALESCE(MIN(due_at_ms), -1) FROM webhook WHERE due_at_ms >= 0", into(due), now;
        return due;
    });
}

void WebhookStore::saveChecked(const std::string& organisation, std::int64_t atMs) {
    _database.transaction([&](Session& session) {
        session << "UPDATE webhook SET checked_at_ms = $1 WHERE organisation = $2", bind(atMs),
            bind(organisation), now;
    });
}

void WebhookStore::saveRefreshed(const std::string& organisation, std::int64_t atMs,
                                 std::int64_t expiresAtMs) {
    _database.transaction([&](Session& session) {
        session << "UPDATE webhook SET refreshed_at_ms = $1 WHERE organisation = $2", bind(atMs),
            bind(organisation), now;
        session << "UPDATE webhook_registration SET expires_at_ms = $1 WHERE organisation = $2",
            bind(expiresAtMs), bind(organisation), now;
    });
}

void WebhookStore::saveHeard(const std::string& organisation, std::int64_t atMs) {
    _database.transaction(
        [&](Session& session) {
            session << "UPDATE webhook SET heard_at_ms = $1 WHERE organisation = $2 AND heard_at_ms < $3",
                bind(atMs), bind(organisation), bind(atMs), now;
        },
        store::Flush::No);
}

void WebhookStore::saveKeys(const std::string& organisation, bool isSigned, const WebhookKeys& keys) {
    _database.transaction([&](Session& session) {
        session << "UPDATE webhook SET is_signed = $1, sealed_path = $2, path_digest = $3, sealed_secret = "
                   "$4, old_path_digest = $5, sealed_old_secret = $6, old_until_ms = $7 WHERE organisation = "
                   "$8",
            bind(static_cast<std::int64_t>(isSigned)), bind(keys.sealedPath), bind(keys.pathDigest),
            bind(keys.sealedSecret), bind(keys.oldPathDigest), bind(keys.sealedOldSecret),
            bind(keys.oldUntilMs), bind(organisation), now;
    });
}

void WebhookStore::saveCanary(const std::string& organisation, const std::string& issueId,
                              const std::string& nonce, std::int64_t sentAtMs) {
    _database.transaction([&](Session& session) {
        session << "UPDATE webhook SET canary_issue = $1, canary_nonce = $2, canary_sent_ms = $3, "
                   "canary_heard_ms = 0 WHERE organisation = $4",
            bind(issueId), bind(nonce), bind(sentAtMs), bind(organisation), now;
    });
}

void WebhookStore::giveUpCanary(const std::string& organisation, std::int64_t sentAtMs) {
    _database.transaction([&](Session& session) {
        session << "UPDATE webhook SET canary_heard_ms = -1 WHERE organisation = $1 AND canary_sent_ms = $2 "
                   "AND canary_heard_ms = 0",
            bind(organisation), bind(sentAtMs), now;
    });
}

bool WebhookStore::hearCanary(const std::string& organisation, const std::string& nonce, std::int64_t atMs) {
    return _database.transaction([&](Session& session) {
        std::vector<std::string> heard;
        session << "UPDATE webhook SET canary_heard_ms = $1, delay_ms = CASE WHEN $2 > canary_sent_ms THEN "
                   "$3 - canary_sent_ms ELSE 0 END WHERE organisation = $4 AND canary_nonce = $5 AND "
                   "canary_heard_ms <= 0 RETURNING organisation",
            bind(atMs), bind(atMs), bind(atMs), bind(organisation), bind(nonce), into(heard), now;
        return !heard.empty();
    });
}

std::vector<WebhookRegistration> WebhookStore::registrations(const std::string& organisation) {
    return _database.read([&](Session& session) {
        std::vector<std::string> ids, urls, events, jqls;
        std::vector<std::int64_t> expiries;
        session
            << "SELECT webhook_id, url_digest, events, jql, expires_at_ms FROM webhook_registration WHERE "
               "organisation = $1 ORDER BY jql, webhook_id",
            bind(organisation), into(ids), into(urls), into(events), into(jqls), into(expiries), now;
        std::vector<WebhookRegistration> all;
        for (std::size_t i = 0; i < ids.size(); ++i)
            all.push_back({ids[i], urls[i], split(events[i]), jqls[i], expiries[i]});
        return all;
    });
}

void WebhookStore::saveRegistrations(const std::string& organisation, const std::string& siteHost,
                                     const std::vector<WebhookRegistration>& all,
                                     std::int64_t registeredAtMs) {
    _database.transaction([&](Session& session) {
        if (!hold(session, organisation))
            return;
        session << "DELETE FROM webhook_registration WHERE organisation = $1", bind(organisation), now;
        for (const WebhookRegistration& each : all)
            session << "INSERT INTO webhook_registration (organisation, webhook_id, site_host, url_digest, "
                       "events, "
                       "jql, expires_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                bind(organisation), bind(each.id), bind(siteHost), bind(each.urlDigest),
                bind(joined(each.events)), bind(each.jql), bind(each.expiresAtMs), now;
        if (registeredAtMs > 0)
            session
                << "UPDATE webhook SET registered_at_ms = $1, refreshed_at_ms = $2 WHERE organisation = $3",
                bind(registeredAtMs), bind(registeredAtMs), bind(organisation), now;
    });
}

std::vector<std::string> WebhookStore::idsOfOthers(const std::string& organisation,
                                                   const std::string& siteHost) {
    return _database.read([&](Session& session) {
        std::vector<std::string> ids;
        session << "SELECT webhook_id FROM webhook_registration WHERE organisation <> $1 AND site_host = $2",
            bind(organisation), bind(siteHost), into(ids), now;
        return ids;
    });
}

std::vector<WebhookOwner> WebhookStore::owners(const std::vector<std::string>& webhookIds,
                                               const std::string& siteHost) {
    if (webhookIds.empty())
        return {};
    return _database.read([&](Session& session) {
        std::vector<std::string> organisations, systems;
        Statement statement(session);
        statement << "SELECT DISTINCT w.organisation, w.system FROM webhook_registration r JOIN webhook w ON "
                     "w.organisation = r.organisation WHERE r.site_host = $1 AND r.webhook_id IN ("
                  << store::placeholders(2, webhookIds.size()) << ") ORDER BY w.organisation",
            bind(siteHost), into(organisations), into(systems);
        for (const std::string& id : webhookIds)
            statement, bind(id);
        statement.execute();
        std::vector<WebhookOwner> owners;
        for (std::size_t i = 0; i < organisations.size(); ++i)
            owners.push_back({organisations[i], systems[i]});
        return owners;
    });
}

std::int64_t WebhookStore::linkedTickets(const std::string& organisation, const std::string& system) {
    return _database.read([&](Session& session) {
        std::int64_t count = 0;
        session << "SELECT COUNT(DISTINCT issue_id) FROM ticket_link WHERE organisation = $1 AND system = $2",
            bind(organisation), bind(system), into(count), now;
        return count;
    });
}

std::vector<WebhookStore::Linked> WebhookStore::lastLinked(const std::string& organisation,
                                                           const std::string& system, std::int64_t most) {
    return _database.read([&](Session& session) {
        std::vector<std::string> ids, keys;
        session << "SELECT issue_id, issue_key FROM ticket_link WHERE organisation = $1 AND system = $2 "
                   "ORDER BY created_at_ms DESC, finding LIMIT $3",
            bind(organisation), bind(system), bind(most), into(ids), into(keys), now;
        std::vector<Linked> linked;
        for (std::size_t i = 0; i < ids.size(); ++i)
            linked.push_back({ids[i], keys[i]});
        return linked;
    });
}

std::vector<WebhookStore::Canary> WebhookStore::canaries() {
    return _database.read([](Session& session) {
        std::vector<std::string> organisations;
        std::vector<std::int64_t> times;
        session << "SELECT organisation, canary_sent_ms FROM webhook WHERE canary_sent_ms > 0 AND "
                   "canary_heard_ms = 0",
            into(organisations), into(times), now;
        std::vector<Canary> all;
        for (std::size_t i = 0; i < organisations.size(); ++i)
            all.push_back({organisations[i], times[i]});
        return all;
    });
}

std::optional<WebhookStore::Created>
WebhookStore::lastCreated(const std::string& organisation, const std::string& system, std::int64_t beforeMs) {
    return _database.read([&](Session& session) -> std::optional<Created> {
        std::vector<std::string> keys;
        std::vector<std::int64_t> times;
        session << "SELECT l.issue_key, o.sent_at_ms FROM outbox o JOIN ticket_link l ON l.organisation = "
                   "o.organisation AND l.finding = o.finding WHERE o.organisation = $1 AND o.state = "
                   "'created' AND o.sent_system = $2 AND l.system = $3 AND o.sent_at_ms > 0 AND "
                   "o.sent_at_ms <= $4 ORDER BY o.sent_at_ms DESC LIMIT 1",
            bind(organisation), bind(system), bind(system), bind(beforeMs), into(keys), into(times), now;
        return keys.empty() ? std::nullopt : std::optional<Created>(Created{keys[0], times[0]});
    });
}

} // namespace jira_plugin::sync
