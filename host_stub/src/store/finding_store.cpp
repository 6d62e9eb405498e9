#include "finding_store.hpp"

#include <Poco/DigestEngine.h>
#include <Poco/SHA1Engine.h>

namespace aspm::host {

namespace {

constexpr std::size_t listPage = 500;

std::string findingId(std::int64_t number) {
    std::string digits = std::to_string(number);
    return "F-" + std::string(digits.size() < 7 ? 7 - digits.size() : 0, '0') + digits;
}

std::string conditions(const FindingFilter& filter) {
    std::string sql = "WHERE f.organisation = $1 AND f.id > $2 AND f.deleted = 0 ";
    if (!filter.project.empty())
        sql += "AND f.project = $3 ";
    // Numbers from a closed list; the texts are bound.
    if (filter.status)
        sql += "AND f.status = " + std::to_string(*filter.status) + " ";
    if (filter.severity)
        sql += "AND f.severity = " + std::to_string(*filter.severity) + " ";
    if (filter.state)
        sql += "AND coalesce(s.state, 0) = " + std::to_string(*filter.state) + " ";
    if (filter.withoutTicket)
        sql += "AND coalesce(s.ticket, '') = '' ";
    if (filter.onlyPushable)
        sql += "AND f.status = 0 AND coalesce(s.ticket, '') = '' AND coalesce(s.state, 0) IN (0, 6" +
               std::string(filter.alsoParked ? ", 4" : "") + ") ";
    return sql + "ORDER BY f.id LIMIT " + std::to_string(filter.limit);
}

} // namespace

void FindingStore::changed(Changed what) const {
    if (_onChange)
        _onChange(what);
}

FindingWithPush FindingStore::withUrl(FindingWithPush found) const {
    found.finding.url = _urlOf(found.finding.organisation, found.finding.id);
    return found;
}

void FindingStore::requireExists(Connection& c, const std::string& organisation,
                                 const std::string& finding) const {
    Rows rows = c.select("SELECT 1 FROM findings WHERE organisation = $1 AND id = $2 AND deleted = 0",
                         organisation, finding);
    if (!rows.next())
        throw noSuchFinding(organisation, finding);
}

Finding FindingStore::get(const std::string& organisation, const std::string& finding) {
    return _database.read(
        [&](Connection& c) { return withUrl(requireFinding(c, organisation, finding)).finding; });
}

std::optional<FindingWithPush> FindingStore::find(const std::string& organisation,
                                                  const std::string& finding) {
    auto found = _database.read([&](Connection& c) { return selectFinding(c, organisation, finding); });
    return found ? std::optional<FindingWithPush>(withUrl(*found)) : std::nullopt;
}

std::vector<FindingWithPush> FindingStore::page(const std::string& organisation,
                                                const FindingFilter& filter) {
    return _database.read([&](Connection& c) {
        std::vector<FindingWithPush> out;
        std::string sql = findingSelect + conditions(filter);
        Rows rows = filter.project.empty() ? c.select(sql, organisation, filter.after)
                                           : c.select(sql, organisation, filter.after, filter.project);
        while (rows.next())
            out.push_back(withUrl(findingRow(rows)));
        return out;
    });
}

void FindingStore::list(const std::string& organisation, const std::string& project, const std::string& after,
                        const std::function<bool(const Finding&)>& fn) {
    FindingFilter filter;
    filter.project = project;
    filter.after = after;
    filter.limit = listPage;
    // Page by page, with no connection held while the plugin looks at one.
    for (;;) {
        auto found = page(organisation, filter);
        for (const FindingWithPush& one : found)
            if (!fn(one.finding))
                return;
        if (found.size() < filter.limit)
            return;
        filter.after = found.back().finding.id;
    }
}

std::vector<TimelineLine> FindingStore::timeline(const std::string& organisation,
                                                 const std::string& finding) {
    return _database.read([&](Connection& c) {
        std::vector<TimelineLine> out;
        for (Rows rows =
                 c.select("SELECT plugin, kind, entry_key, author, text, remedy, url, at_ms FROM timeline "
                          "WHERE organisation = $1 AND finding = $2 ORDER BY at_ms, id",
                          organisation, finding);
             rows.next();)
            out.push_back({rows.text(0),
                           {static_cast<aspm_timeline_kind>(rows.integer(1)), rows.text(2), rows.text(3),
                            rows.text(4), rows.text(5), rows.text(6), rows.integer(7)}});
        return out;
    });
}

std::int64_t ruleRef(Connection& c, const std::string& name, const std::string& help,
                     const std::string& helpUrl) {
    Poco::SHA1Engine engine;
    for (const std::string* part : {&name, &help, &helpUrl}) {
        engine.update(*part);
        engine.update('\0');
    }
    std::string digest = Poco::DigestEngine::digestToHex(engine.digest());
    {
        Rows rows = c.select("SELECT ref FROM rules WHERE digest = $1", digest);
        if (rows.next())
            return rows.integer(0);
    }
    Rows rows =
        c.select("INSERT INTO rules (digest, name, help, help_url) VALUES ($1, $2, $3, $4) RETURNING ref",
                 digest, name, help, helpUrl);
    rows.next();
    return rows.integer(0);
}

std::vector<std::string> insertFindings(Connection& c, const Project& project,
                                        const std::vector<NewFinding>& findings, std::int64_t nowMs) {
    std::vector<std::string> ids;
    std::int64_t number = 0;
    {
        Rows rows = c.select("UPDATE organisations SET last_finding = last_finding + $1 WHERE id = $2 "
                             "RETURNING last_finding",
                             static_cast<std::int64_t>(findings.size()), project.organisation);
        rows.next();
        number = rows.integer(0) - static_cast<std::int64_t>(findings.size());
    }
    std::map<std::string, std::int64_t> rules;
    for (const NewFinding& one : findings) {
        const Finding& f = one.finding;
        auto [rule, isNew] = rules.emplace(f.ruleName + '\0' + f.ruleHelp + '\0' + f.ruleHelpUrl, 0);
        if (isNew)
            rule->second = ruleRef(c, f.ruleName, f.ruleHelp, f.ruleHelpUrl);
        ids.push_back(findingId(++number));
        c.run(
            "INSERT INTO findings (organisation, id, project, fingerprint, scanner_key, present, severity, "
            "status, "
            "revision, first_seen_ms, last_seen_ms, line, rule_ref, scanner, rule_id, title, file_path, cwe, "
            "due_date, labels, description, snippet) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, 1, $8, $9, $10, "
            "$11, "
            "$12, $13, $14, $15, $16, $17, $18, $19, $20)",
            project.organisation, ids.back(), project.id,
            one.fingerprint.empty() ? ids.back() : one.fingerprint, one.scannerKey, std::int64_t{f.severity},
            std::int64_t{f.status}, nowMs, nowMs, f.line, rule->second, f.scanner, f.ruleId, f.title,
            f.filePath, f.cwe, f.dueDate, labelsToText(f.labels), f.description, f.snippet);
    }
    return ids;
}

std::vector<std::string> FindingStore::create(const Project& project, const std::vector<Finding>& findings) {
    std::vector<NewFinding> rows;
    rows.reserve(findings.size());
    for (const Finding& finding : findings)
        rows.push_back({finding, "", ""});
    return _database.write([&](Connection& c) { return insertFindings(c, project, rows, now()); });
}

Finding FindingStore::change(const std::string& organisation, const std::string& id, const ChangeNote& note,
                             const std::function<void(Finding&)>& edit) {
    ChangeNote dated = note;
    dated.atMs = now();
    _database.write([&](Connection& c) {
        Finding before = requireFinding(c, organisation, id).finding;
        Finding after = before;
        edit(after);
        writeChange(c, before, after, dated);
    });
    changed(Changed::Finding);
    return get(organisation, id);
}

void FindingStore::remove(const std::string& organisation, const std::string& id, const ChangeNote& note) {
    _database.write([&](Connection& c) {
        Finding f = requireFinding(c, organisation, id).finding;
        c.run("UPDATE findings SET deleted = 1, revision = revision + 1 WHERE organisation = $1 AND id = $2",
              organisation, id);
        c.run("INSERT INTO events (organisation, finding, changes, old_status, old_severity, old_due_date, "
              "status, "
              "severity, due_date, revision, actor, actor_name, reason, at_ms) "
              "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
              organisation, id, std::int64_t{ASPM_CHANGED_DELETED}, std::int64_t{f.status},
              std::int64_t{f.severity}, f.dueDate, std::int64_t{f.status}, std::int64_t{f.severity},
              f.dueDate, f.revision + 1, note.actor, note.actorName, note.reason, now());
    });
    changed(Changed::Finding);
}

std::map<std::pair<aspm_finding_status, aspm_severity>, std::int64_t>
FindingStore::counts(const std::string& organisation, const std::string& project) {
    return _database.read([&](Connection& c) {
        std::map<std::pair<aspm_finding_status, aspm_severity>, std::int64_t> out;
        std::string sql =
            "SELECT status, severity, count(*) FROM findings WHERE organisation = $1 AND deleted = 0 " +
            std::string(project.empty() ? "" : "AND project = $2 ") + "GROUP BY status, severity";
        Rows rows = project.empty() ? c.select(sql, organisation) : c.select(sql, organisation, project);
        while (rows.next())
            out[{static_cast<aspm_finding_status>(rows.integer(0)),
                 static_cast<aspm_severity>(rows.integer(1))}] = rows.integer(2);
        return out;
    });
}

} // namespace aspm::host
