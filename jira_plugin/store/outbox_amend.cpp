#include "outbox_amend.hpp"

#include "database.hpp"
#include "storable_text.hpp"

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;

namespace {

/// Nobody has it in hand, and Jira has certainly no ticket of it: it was never sent, Jira refused it, or it
/// was looked up and not found. Doubt that was parked for a person is none of these. nowParameter: its place
/// in the statement, since parameters are bound in the order of their appearance.
std::string untouched(const char* nowParameter) {
    return std::string(" AND (lease_owner = '' OR lease_until_ms < ") + nowParameter +
           ") AND (state IN ('queued', 'waiting') OR (state = 'parked' AND cause NOT LIKE 'doubt/%'))";
}

} // namespace

bool OutboxAmend::isWithdrawable(const std::string& organisation, const std::string& finding,
                                 std::int64_t nowMs) {
    return _database.read([&](Poco::Data::Session& session) {
        std::int64_t count = 0;
        session << "SELECT COUNT(*) FROM outbox WHERE organisation = $1 AND finding = $2" << untouched("$3"),
            bind(organisation), bind(finding), bind(nowMs), into(count), now;
        return count > 0;
    });
}

bool OutboxAmend::withdraw(const std::string& organisation, const std::string& finding, std::int64_t nowMs) {
    const auto work = [&](Poco::Data::Session& session) {
        Poco::Data::Statement remove(session);
        remove << "DELETE FROM outbox WHERE organisation = $1 AND finding = $2" << untouched("$3"),
            bind(organisation), bind(finding), bind(nowMs);
        if (remove.execute() == 0)
            return false;
        session << "DELETE FROM outbox_snapshot WHERE organisation = $1 AND finding = $2", bind(organisation),
            bind(finding), now;
        // What was to be told to a ticket that might have been there.
        session
            << "DELETE FROM outward_task WHERE organisation = $1 AND finding = $2 AND NOT EXISTS (SELECT 1 "
               "FROM ticket_link l WHERE l.organisation = outward_task.organisation AND "
               "l.finding = outward_task.finding)",
            bind(organisation), bind(finding), now;
        return true;
    };
    return _database.transaction(work, Flush::Yes, Isolation::Rows);
}

bool OutboxAmend::refresh(const std::string& organisation, const host::Finding& finding,
                          const std::string& snapshot, std::int64_t nowMs) {
    const auto work = [&](Poco::Data::Session& session) {
        Poco::Data::Statement update(session);
        update
            << "UPDATE outbox SET revision = revision + 1, severity = $1, title = $2 WHERE organisation = $3 "
               "AND finding = $4"
            << untouched("$5"),
            bind(static_cast<std::int64_t>(finding.severity)), bind(storable(finding.title)),
            bind(organisation), bind(finding.id), bind(nowMs);
        if (update.execute() == 0)
            return false;
        session << "UPDATE outbox_snapshot SET snapshot = $1 WHERE organisation = $2 AND finding = $3",
            bind(storable(snapshot)), bind(organisation), bind(finding.id), now;
        return true;
    };
    return _database.transaction(work, Flush::Yes, Isolation::Rows);
}

} // namespace jira_plugin::store
