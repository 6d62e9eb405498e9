#include "reconciliation_store.hpp"

#include "reconciliation_json.hpp"
#include "store/database.hpp"
#include "store/sql_text.hpp"

#include <algorithm>
#include <sstream>

#include <Poco/Data/Statement.h>

namespace jira_plugin::sync {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

/// Rows in the order of the issues.
std::vector<LinkedIssue> grouped(const std::vector<std::string>& ids, const std::vector<std::string>& keys,
                                 const std::vector<std::string>& findings,
                                 const std::vector<std::int64_t>& created) {
    std::vector<LinkedIssue> issues;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (issues.empty() || issues.back().id != ids[i])
            issues.push_back({ids[i], keys[i], created[i], {}});
        issues.back().linkedAtMs = std::min(issues.back().linkedAtMs, created[i]);
        issues.back().findings.push_back(findings[i]);
    }
    return issues;
}

// Where a run stands is one text: the issue that it goes on after, then those unread, each after a blank.
std::string positionText(const ReconciliationRow& row) {
    std::string text = row.cursor;
    for (const std::string& id : row.unread)
        text += " " + id;
    return text;
}

void readPosition(const std::string& text, ReconciliationRow& row) {
    const std::size_t end = std::min(text.find(' '), text.size());
    row.cursor = text.substr(0, end);
    std::istringstream rest(text.substr(end));
    for (std::string id; rest >> id;)
        row.unread.push_back(id);
}

} // namespace

std::optional<ReconciliationRow> ReconciliationStore::load(const std::string& organisation) {
    return _database.read([&](Session& session) -> std::optional<ReconciliationRow> {
        std::vector<std::string> systems, cursors, reports;
        std::vector<std::int64_t> succeeded;
        session
            << "SELECT system, cursor, succeeded_at_ms, report FROM reconciliation WHERE organisation = $1",
            bind(organisation), into(systems), into(cursors), into(succeeded), into(reports), now;
        if (systems.empty())
            return std::nullopt;
        ReconciliationRow row{organisation, systems[0], "", {}, succeeded[0], reportFromJson(reports[0])};
        readPosition(cursors[0], row);
        return row;
    });
}

void ReconciliationStore::save(const ReconciliationRow& row) {
    const std::string report = reportToJson(row.report);
    _database.transaction([&](Session& session) {
        session
            << "INSERT INTO reconciliation (organisation, system, state, cursor, succeeded_at_ms, report) "
               "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation) DO UPDATE SET system = "
               "excluded.system, state = excluded.state, cursor = excluded.cursor, succeeded_at_ms = "
               "excluded.succeeded_at_ms, report = excluded.report",
            bind(row.organisation), bind(row.system), bind(std::string(toString(row.report.state))),
            bind(positionText(row)), bind(row.succeededAtMs), bind(report), now;
    });
}

std::vector<std::string> ReconciliationStore::unfinished() {
    return _database.read([](Session& session) {
        std::vector<std::string> all;
        session << "SELECT organisation FROM reconciliation WHERE state = 'running' ORDER BY organisation",
            into(all), now;
        return all;
    });
}

std::vector<LinkedIssue> ReconciliationStore::linkedIssues(const std::string& organisation,
                                                           const std::string& system,
                                                           const std::string& afterId, std::int64_t most) {
    return _database.read([&](Session& session) {
        std::vector<std::string> ids, keys, findings;
        std::vector<std::int64_t> created;
        // By its two ends, not joined: a planner that knows nothing of a table yet reads it for each row.
        session << "SELECT issue_id, issue_key, finding, created_at_ms FROM ticket_link WHERE organisation = "
                   "$1 AND system = $2 AND issue_id > $3 AND issue_id <= (SELECT MAX(issue_id) FROM (SELECT "
                   "DISTINCT issue_id FROM ticket_link WHERE organisation = $4 AND system = $5 AND issue_id "
                   "> $6 ORDER BY issue_id LIMIT $7) page) ORDER BY issue_id, finding",
            bind(organisation), bind(system), bind(afterId), bind(organisation), bind(system), bind(afterId),
            bind(most), into(ids), into(keys), into(findings), into(created), now;
        return grouped(ids, keys, findings, created);
    });
}

std::vector<LinkedIssue> ReconciliationStore::linked(const std::string& organisation,
                                                     const std::string& system,
                                                     const std::vector<std::string>& issueIds) {
    if (issueIds.empty())
        return {};
    return _database.read([&](Session& session) {
        std::vector<std::string> ids, keys, findings;
        std::vector<std::int64_t> created;
        Statement statement(session);
        statement << "SELECT issue_id, issue_key, finding, created_at_ms FROM ticket_link WHERE organisation "
                     "= $1 AND system = "
                     "$2 AND issue_id IN ("
                  << store::placeholders(3, issueIds.size()) << ") ORDER BY issue_id, finding",
            bind(organisation), bind(system), into(ids), into(keys), into(findings), into(created);
        for (const std::string& id : issueIds)
            statement, bind(id);
        statement.execute();
        return grouped(ids, keys, findings, created);
    });
}

std::int64_t ReconciliationStore::countLinked(const std::string& organisation, const std::string& system) {
    return _database.read([&](Session& session) {
        std::int64_t count = 0;
        session << "SELECT COUNT(DISTINCT issue_id) FROM ticket_link WHERE organisation = $1 AND system = $2",
            bind(organisation), bind(system), into(count), now;
        return count;
    });
}

std::optional<Labelled> ReconciliationStore::labelled(const std::string& organisation,
                                                      const std::string& label) {
    return _database.read([&](Session& session) -> std::optional<Labelled> {
        std::vector<std::string> findings, states, keys;
        session
            << "SELECT o.finding, o.state, COALESCE(l.issue_key, '') FROM outbox o LEFT JOIN ticket_link l "
               "ON l.organisation = o.organisation AND l.finding = o.finding WHERE o.organisation = $1 "
               "AND o.dedupe_label = $2",
            bind(organisation), bind(label), into(findings), into(states), into(keys), now;
        if (findings.empty())
            return std::nullopt;
        return Labelled{findings[0], states[0] != "created" && states[0] != "parked", keys[0]};
    });
}

std::set<std::string> ReconciliationStore::formers(const std::string& organisation,
                                                   const std::string& system) {
    return _database.read([&](Session& session) {
        std::vector<std::string> ids;
        session << "SELECT DISTINCT issue_id FROM former_link WHERE organisation = $1 AND system = $2",
            bind(organisation), bind(system), into(ids), now;
        return std::set<std::string>(ids.begin(), ids.end());
    });
}

std::map<std::string, std::string>
ReconciliationStore::commentMarks(const std::string& organisation, const std::string& system,
                                  const std::vector<std::string>& issueIds) {
    if (issueIds.empty())
        return {};
    return _database.read([&](Session& session) {
        std::vector<std::string> ids, marks;
        Statement statement(session);
        statement << "SELECT issue_id, mark FROM comment_mark WHERE organisation = $1 AND system = $2 AND "
                     "issue_id IN ("
                  << store::placeholders(3, issueIds.size()) << ")",
            bind(organisation), bind(system), into(ids), into(marks);
        for (const std::string& id : issueIds)
            statement, bind(id);
        statement.execute();
        std::map<std::string, std::string> found;
        for (std::size_t i = 0; i < ids.size(); ++i)
            found[ids[i]] = marks[i];
        return found;
    });
}

void ReconciliationStore::saveCommentMark(const std::string& organisation, const std::string& system,
                                          const std::string& issueId, const std::string& mark) {
    _database.transaction([&](Session& session) {
        session
            << "INSERT INTO comment_mark (organisation, system, issue_id, mark) VALUES ($1, $2, $3, $4) ON "
               "CONFLICT (organisation, system, issue_id) DO UPDATE SET mark = excluded.mark",
            bind(organisation), bind(system), bind(issueId), bind(mark), now;
    });
}

std::vector<std::string> ReconciliationStore::orphans(const std::string& organisation,
                                                      const std::string& system) {
    return _database.read([&](Session& session) {
        std::vector<std::string> ids;
        session
            << "SELECT issue_id FROM orphan_ticket WHERE organisation = $1 AND system = $2 ORDER BY issue_id",
            bind(organisation), bind(system), into(ids), now;
        return ids;
    });
}

void ReconciliationStore::addOrphan(const std::string& organisation, const std::string& system,
                                    const std::string& issueId) {
    _database.transaction([&](Session& session) {
        session
            << "INSERT INTO orphan_ticket (organisation, system, issue_id) VALUES ($1, $2, $3) ON CONFLICT "
               "(organisation, system, issue_id) DO NOTHING",
            bind(organisation), bind(system), bind(issueId), now;
    });
}

void ReconciliationStore::removeOrphan(const std::string& organisation, const std::string& system,
                                       const std::string& issueId) {
    _database.transaction([&](Session& session) {
        session << "DELETE FROM orphan_ticket WHERE organisation = $1 AND system = $2 AND issue_id = $3",
            bind(organisation), bind(system), bind(issueId), now;
    });
}

} // namespace jira_plugin::sync
