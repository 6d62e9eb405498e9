#include "event_store.hpp"

namespace aspm::host {

namespace {

const char* const eventSelect =
    "SELECT e.id, e.organisation, e.finding, e.changes, e.old_status, e.old_severity, e.old_due_date, "
    "e.status, "
    "e.severity, e.due_date, e.revision, e.actor, e.actor_name, e.reason, e.at_ms ";

} // namespace

void EventStore::registerHook(const std::string& plugin, const std::string& hook) {
    _database.write([&](Connection& c) {
        c.run("INSERT OR IGNORE INTO event_cursors (plugin, hook, last_event) "
              "SELECT $1, $2, coalesce(max(id), 0) FROM events",
              plugin, hook);
    });
}

FindingChange EventStore::changeOf(Connection& c, const Rows& rows) const {
    FindingChange change;
    change.event = "E-" + std::to_string(rows.integer(0));
    change.changes = static_cast<std::uint32_t>(rows.integer(3));
    change.oldStatus = static_cast<aspm_finding_status>(rows.integer(4));
    change.oldSeverity = static_cast<aspm_severity>(rows.integer(5));
    change.oldDueDate = rows.text(6);
    change.actor = rows.text(11);
    change.actorName = rows.text(12);
    change.reason = rows.text(13);
    change.occurredAtMs = rows.integer(14);
    // The row of a deleted finding is kept, so that its last state can be told.
    Rows found = c.select(std::string(findingSelect) + "WHERE f.organisation = $1 AND f.id = $2",
                          rows.text(1), rows.text(2));
    if (found.next())
        change.finding = findingRow(found).finding;
    change.finding.url = _urlOf(rows.text(1), rows.text(2));
    change.finding.status = static_cast<aspm_finding_status>(rows.integer(7));
    change.finding.severity = static_cast<aspm_severity>(rows.integer(8));
    change.finding.dueDate = rows.text(9);
    change.finding.revision = rows.integer(10);
    return change;
}

std::optional<EventStore::Pending> EventStore::next(const std::string& plugin, const std::string& hook,
                                                    std::int64_t nowMs) {
    return _database.read([&](Connection& c) -> std::optional<Pending> {
        {
            Rows rows = c.select(
                std::string(eventSelect) +
                    ", r.attempts FROM event_retries r JOIN events e ON e.id = r.event WHERE "
                    "r.plugin = $1 AND r.hook = $2 AND r.due_ms <= $3 ORDER BY r.due_ms, e.id LIMIT 1",
                plugin, hook, nowMs);
            if (rows.next())
                return Pending{rows.integer(0), true, rows.integer(15), changeOf(c, rows)};
        }
        Rows rows =
            c.select(std::string(eventSelect) +
                         "FROM events e WHERE e.id > (SELECT last_event FROM event_cursors WHERE plugin = $1 "
                         "AND hook = $2) ORDER BY e.id LIMIT 1",
                     plugin, hook);
        if (!rows.next())
            return std::nullopt;
        return Pending{rows.integer(0), false, 0, changeOf(c, rows)};
    });
}

std::optional<std::int64_t> EventStore::nextRetryMs(const std::string& plugin, const std::string& hook) {
    return _database.read([&](Connection& c) -> std::optional<std::int64_t> {
        Rows rows = c.select(
            "SELECT due_ms FROM event_retries WHERE plugin = $1 AND hook = $2 ORDER BY due_ms LIMIT 1",
            plugin, hook);
        return rows.next() ? std::optional<std::int64_t>(rows.integer(0)) : std::nullopt;
    });
}

void EventStore::done(const std::string& plugin, const std::string& hook, const Pending& pending) {
    _database.write(Durability::Process, [&](Connection& c) {
        if (pending.isRetry)
            c.run("DELETE FROM event_retries WHERE plugin = $1 AND hook = $2 AND event = $3", plugin, hook,
                  pending.id);
        else
            c.run("UPDATE event_cursors SET last_event = $1 WHERE plugin = $2 AND hook = $3", pending.id,
                  plugin, hook);
    });
}

void EventStore::retry(const std::string& plugin, const std::string& hook, const Pending& pending,
                       std::int64_t dueMs) {
    _database.write(Durability::Process, [&](Connection& c) {
        c.run("INSERT INTO event_retries (plugin, hook, event, attempts, due_ms) VALUES ($1, $2, $3, $4, $5) "
              "ON CONFLICT (plugin, hook, event) DO UPDATE SET attempts = excluded.attempts, due_ms = "
              "excluded.due_ms",
              plugin, hook, pending.id, pending.attempts + 1, dueMs);
        if (!pending.isRetry)
            c.run("UPDATE event_cursors SET last_event = $1 WHERE plugin = $2 AND hook = $3", pending.id,
                  plugin, hook);
    });
}

std::int64_t EventStore::pending(const std::string& plugin, const std::string& hook) {
    return _database.read([&](Connection& c) -> std::int64_t {
        Rows rows =
            c.select("SELECT (SELECT count(*) FROM events WHERE id > (SELECT last_event FROM event_cursors "
                     "WHERE plugin = $1 AND hook = $2)) + (SELECT count(*) FROM event_retries WHERE "
                     "plugin = $3 AND hook = $4)",
                     plugin, hook, plugin, hook);
        return rows.next() ? rows.integer(0) : 0;
    });
}

void EventStore::prune() {
    _database.write(Durability::Process, [&](Connection& c) {
        c.run("DELETE FROM events WHERE id <= (SELECT min(last_event) FROM event_cursors) AND id NOT IN "
              "(SELECT event FROM event_retries)");
    });
}

} // namespace aspm::host
