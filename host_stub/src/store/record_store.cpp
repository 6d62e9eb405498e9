#include "record_store.hpp"

namespace aspm::host {

void AlertStore::raise(const std::string& plugin, const std::string& organisation, const Alert& alert) {
    std::int64_t now = _clock.nowMs();
    _database.write([&](Connection& c) {
        c.run("INSERT INTO alerts (organisation, plugin, alert_key, level, title, text, remedy, url, raised, "
              "raised_ms, "
              "last_ms, cleared_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, 0) "
              "ON CONFLICT (organisation, plugin, alert_key) DO UPDATE SET level = excluded.level, "
              "title = excluded.title, text = excluded.text, remedy = excluded.remedy, url = excluded.url, "
              "raised = CASE WHEN cleared_ms = 0 THEN raised + 1 ELSE 1 END, "
              "raised_ms = CASE WHEN cleared_ms = 0 THEN raised_ms ELSE excluded.raised_ms END, "
              "last_ms = excluded.last_ms, cleared_ms = 0",
              organisation, plugin, alert.key, std::int64_t{alert.level}, alert.title, alert.text,
              alert.remedy, alert.url, now, now);
    });
}

void AlertStore::clear(const std::string& plugin, const std::string& organisation, const std::string& key) {
    bool stands = _database.read([&](Connection& c) {
        return c
            .select("SELECT 1 FROM alerts WHERE organisation = $1 AND plugin = $2 AND alert_key = $3 AND "
                    "cleared_ms = 0",
                    organisation, plugin, key)
            .next();
    });
    if (!stands)
        return;
    _database.write([&](Connection& c) {
        c.run("UPDATE alerts SET cleared_ms = $1 WHERE organisation = $2 AND plugin = $3 AND alert_key = $4",
              _clock.nowMs(), organisation, plugin, key);
    });
}

std::vector<AlertRecord> AlertStore::list(const std::string& organisation, bool alsoCleared) {
    return _database.read([&](Connection& c) {
        std::vector<AlertRecord> out;
        std::string sql =
            "SELECT plugin, level, alert_key, title, text, remedy, url, raised, raised_ms, last_ms, "
            "cleared_ms FROM alerts WHERE organisation = $1 " +
            std::string(alsoCleared ? "" : "AND cleared_ms = 0 ") +
            "ORDER BY cleared_ms <> 0, last_ms DESC LIMIT 500";
        for (Rows rows = c.select(sql, organisation); rows.next();)
            out.push_back({rows.text(0),
                           {static_cast<aspm_alert_level>(rows.integer(1)), rows.text(2), rows.text(3),
                            rows.text(4), rows.text(5), rows.text(6)},
                           rows.integer(7),
                           rows.integer(8),
                           rows.integer(9),
                           rows.integer(10)});
        return out;
    });
}

void AuditStore::record(const std::string& plugin, const AuditEvent& event) {
    _database.write([&](Connection& c) {
        c.run("INSERT INTO audit (organisation, plugin, actor, action, object, detail, at_ms) "
              "VALUES ($1, $2, $3, $4, $5, $6, $7)",
              event.organisation, plugin, event.actor, event.action, event.object, event.detail,
              _clock.nowMs());
    });
}

std::vector<AuditRecord> AuditStore::list(const std::string& organisation, std::size_t limit) {
    return _database.read([&](Connection& c) {
        std::vector<AuditRecord> out;
        for (Rows rows = c.select("SELECT plugin, actor, action, object, detail, at_ms FROM audit WHERE "
                                  "organisation = $1 ORDER BY id DESC LIMIT " +
                                      std::to_string(limit),
                                  organisation);
             rows.next();)
            out.push_back({rows.text(0),
                           {organisation, rows.text(1), rows.text(2), rows.text(3), rows.text(4)},
                           rows.integer(5)});
        return out;
    });
}

std::optional<std::int64_t> JobRunStore::lastRunMs(const std::string& plugin, const std::string& job) {
    return _database.read([&](Connection& c) -> std::optional<std::int64_t> {
        Rows rows = c.select("SELECT at_ms FROM job_runs WHERE plugin = $1 AND job = $2", plugin, job);
        return rows.next() ? std::optional<std::int64_t>(rows.integer(0)) : std::nullopt;
    });
}

void JobRunStore::noteRun(const std::string& plugin, const std::string& job, std::int64_t atMs) {
    _database.write(Durability::Process, [&](Connection& c) {
        c.run("INSERT INTO job_runs (plugin, job, at_ms) VALUES ($1, $2, $3) "
              "ON CONFLICT (plugin, job) DO UPDATE SET at_ms = excluded.at_ms",
              plugin, job, atMs);
    });
}

std::string MetaStore::get(const std::string& name) {
    return _database.read([&](Connection& c) {
        Rows rows = c.select("SELECT value FROM meta WHERE name = $1", name);
        return rows.next() ? rows.text(0) : std::string();
    });
}

void MetaStore::set(const std::string& name, const std::string& value) {
    _database.write([&](Connection& c) {
        c.run("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = "
              "excluded.value",
              name, value);
    });
}

} // namespace aspm::host
