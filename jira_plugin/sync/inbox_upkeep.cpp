#include "inbox_store.hpp"

#include "store/database.hpp"

#include <Poco/Data/Statement.h>

/// The parts of the inbox that people ask for, and what is done once a day.
namespace jira_plugin::sync {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

void InboxStore::wake(const std::string& organisation, std::int64_t nowMs) {
    _database.transaction([&](Session& session) {
        session << "UPDATE inbox SET due_at_ms = $1 WHERE organisation = $2 AND state = 'due' "
                   "AND due_at_ms > $3",
            bind(nowMs), bind(organisation), bind(nowMs), now;
    });
}

InboxCounts InboxStore::counts(const std::string& organisation) {
    return _database.read([&](Session& session) {
        InboxCounts counts;
        session << "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'due' THEN 1 ELSE 0 END), 0) AS BIGINT), "
                   "CAST(COALESCE(SUM(CASE WHEN state = 'parked' THEN 1 ELSE 0 END), 0) AS BIGINT), "
                   "CAST(COALESCE(SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0) AS BIGINT), "
                   "COALESCE(MIN(CASE WHEN state = 'due' THEN received_at_ms END), 0), "
                   "COALESCE(MAX(received_at_ms), 0) FROM inbox WHERE organisation = $1",
            bind(organisation), into(counts.due), into(counts.parked), into(counts.done),
            into(counts.oldestDueMs), into(counts.lastReceivedMs), now;
        return counts;
    });
}

std::vector<ParkedDelivery> InboxStore::parked(const std::string& organisation, std::int64_t most) {
    return _database.read([&](Session& session) {
        std::vector<std::string> deliveries, issues, keys, events, causes, messages, remedies;
        std::vector<std::int64_t> received;
        session << "SELECT i.delivery, i.issue_id, COALESCE(s.issue_key, ''), i.event, i.received_at_ms, "
                   "i.cause, i.message, i.remedy FROM inbox i LEFT JOIN issue_state s "
                   "ON s.organisation = i.organisation AND s.system = i.system AND s.issue_id = i.issue_id "
                   "WHERE i.organisation = $1 AND i.state = 'parked' "
                   "ORDER BY i.received_at_ms, i.delivery LIMIT $2",
            bind(organisation), bind(most), into(deliveries), into(issues), into(keys), into(events),
            into(received), into(causes), into(messages), into(remedies), now;
        std::vector<ParkedDelivery> parked;
        for (std::size_t i = 0; i < deliveries.size(); ++i)
            parked.push_back({deliveries[i], issues[i], keys[i], events[i], received[i], causes[i],
                              messages[i], remedies[i]});
        return parked;
    });
}

std::int64_t InboxStore::retry(const std::string& organisation, const std::string& delivery,
                               const std::string& cause, std::int64_t nowMs) {
    return _database.transaction([&](Session& session) {
        Statement update(session);
        update << "UPDATE inbox SET state = 'due', due_at_ms = $1, tries = 0, cause = '', message = '', "
                  "remedy = '' WHERE organisation = $2 AND state = 'parked'"
               << (!delivery.empty() ? " AND delivery = $3"
                   : !cause.empty()  ? " AND cause = $3"
                                     : ""),
            bind(nowMs), bind(organisation);
        if (!delivery.empty())
            update, bind(delivery);
        else if (!cause.empty())
            update, bind(cause);
        return static_cast<std::int64_t>(update.execute());
    });
}

void InboxStore::forget(std::int64_t beforeMs) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM inbox WHERE state = 'done' AND received_at_ms < $1", bind(beforeMs), now;
    });
}

} // namespace jira_plugin::sync
