#include "known_issue_store.hpp"

#include "store/database.hpp"
#include "store/row_batch.hpp"

#include <sstream>

#include <Poco/Data/Statement.h>

namespace jira_plugin::sync {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

std::string joined(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : " ") + label;
    return text;
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream in(text);
    for (std::string word; in >> word;)
        result.push_back(word);
    return result;
}

std::string wordOf(const std::optional<Gone>& gone) {
    if (!gone)
        return {};
    return *gone == Gone::Deleted ? "deleted" : "hidden";
}

std::optional<Gone> goneOf(const std::string& word) {
    if (word.empty())
        return std::nullopt;
    return word == "deleted" ? Gone::Deleted : Gone::Hidden;
}

constexpr const char* insertSql =
    "INSERT INTO issue_state (issue_key, summary, project_id, project_key, issue_type_id, status_id, "
    "status_name, status_category, resolution_id, resolution_name, priority_id, priority_name, assignee_id, "
    "assignee_name, due_date, labels, updated_ms, gone, turns, is_turning, organisation, system, issue_id, "
    "revision) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
    "$21, $22, $23, 1) ON CONFLICT (organisation, system, issue_id) DO NOTHING";

constexpr const char* updateSql =
    "UPDATE issue_state SET issue_key = $1, summary = $2, project_id = $3, project_key = $4, "
    "issue_type_id = $5, status_id = $6, status_name = $7, status_category = $8, resolution_id = $9, "
    "resolution_name = $10, priority_id = $11, priority_name = $12, assignee_id = $13, "
    "assignee_name = $14, due_date = $15, labels = $16, updated_ms = $17, gone = $18, turns = $19, "
    "is_turning = $20, revision = revision + 1 WHERE organisation = $21 AND system = $22 "
    "AND issue_id = $23 AND revision = $24";

} // namespace

std::optional<KnownIssue> KnownIssueStore::find(const IssueId& issue) {
    return _database.read([&](Session& session) -> std::optional<KnownIssue> {
        KnownIssue known;
        jira::IssueState& state = known.state;
        std::string labels, gone;
        std::int64_t isTurning = 0;
        session << "SELECT issue_key, summary, project_id, project_key, issue_type_id, status_id, "
                   "status_name, status_category, resolution_id, resolution_name, priority_id, "
                   "priority_name, assignee_id, assignee_name, due_date, labels, updated_ms, gone, turns, "
                   "is_turning, revision FROM issue_state WHERE organisation = $1 AND system = $2 AND "
                   "issue_id = $3",
            bind(issue.organisation), bind(issue.system), bind(issue.id), into(state.key),
            into(state.summary), into(state.projectId), into(state.projectKey), into(state.issueTypeId),
            into(state.status.id), into(state.status.name), into(state.status.category),
            into(state.resolution.id), into(state.resolution.name), into(state.priority.id),
            into(state.priority.name), into(state.assignee.id), into(state.assignee.name),
            into(state.dueDate), into(labels), into(state.updatedMs), into(gone), into(known.turns),
            into(isTurning), into(known.revision), now;
        if (known.revision == 0)
            return std::nullopt;
        state.id = issue.id;
        state.labels = words(labels);
        known.gone = goneOf(gone);
        known.isTurning = isTurning != 0;
        return known;
    });
}

bool KnownIssueStore::write(const IssueId& issue, const KnownIssue& known) {
    const jira::IssueState& state = known.state;
    return _database.transaction([&](Session& session) {
        Statement statement(session);
        statement << (known.revision == 0 ? insertSql : updateSql), bind(state.key), bind(state.summary),
            bind(state.projectId), bind(state.projectKey), bind(state.issueTypeId), bind(state.status.id),
            bind(state.status.name), bind(state.status.category), bind(state.resolution.id),
            bind(state.resolution.name), bind(state.priority.id), bind(state.priority.name),
            bind(state.assignee.id), bind(state.assignee.name), bind(state.dueDate),
            bind(joined(state.labels)), bind(state.updatedMs), bind(wordOf(known.gone)), bind(known.turns),
            bind(std::int64_t{known.isTurning ? 1 : 0}), bind(issue.organisation), bind(issue.system),
            bind(issue.id);
        if (known.revision != 0)
            statement, bind(known.revision);
        return statement.execute() == 1;
    });
}

std::optional<host::FindingStatus> KnownIssueStore::verdict(const std::string& organisation,
                                                            const std::string& finding) {
    return _database.read([&](Session& session) -> std::optional<host::FindingStatus> {
        std::int64_t status = -1;
        session << "SELECT status FROM ticket_verdict WHERE organisation = $1 AND finding = $2",
            bind(organisation), bind(finding), into(status), now;
        return status < 0 ? std::nullopt
                          : std::optional<host::FindingStatus>(static_cast<host::FindingStatus>(status));
    });
}

void KnownIssueStore::setVerdict(const std::string& organisation, const std::string& finding,
                                 std::optional<host::FindingStatus> status) {
    _database.transaction([&](Session& session) {
        if (!status) {
            session << "DELETE FROM ticket_verdict WHERE organisation = $1 AND finding = $2",
                bind(organisation), bind(finding), now;
            return;
        }
        session << "INSERT INTO ticket_verdict (organisation, finding, status) VALUES ($1, $2, $3) "
                   "ON CONFLICT (organisation, finding) DO UPDATE SET status = excluded.status",
            bind(organisation), bind(finding), bind(static_cast<std::int64_t>(*status)), now;
    });
}

std::map<std::string, std::string> KnownIssueStore::shownComments(const IssueId& issue,
                                                                  const std::string& finding) {
    return _database.read([&](Session& session) {
        std::vector<std::string> ids, digests;
        session << "SELECT comment_id, digest FROM shown_comment WHERE organisation = $1 AND finding = $2 "
                   "AND system = $3 AND issue_id = $4",
            bind(issue.organisation), bind(finding), bind(issue.system), bind(issue.id), into(ids),
            into(digests), now;
        std::map<std::string, std::string> shown;
        for (std::size_t i = 0; i < ids.size(); ++i)
            shown[ids[i]] = digests[i];
        return shown;
    });
}

// The timeline was written before and is keyed: what a power cut takes back is written once more.
void KnownIssueStore::setShownComments(const IssueId& issue, const std::string& finding,
                                       const std::map<std::string, std::string>& digests) {
    if (digests.empty())
        return;
    std::vector<std::string> comments, texts;
    for (const auto& [comment, digest] : digests) {
        comments.push_back(comment);
        texts.push_back(digest);
    }
    std::vector<std::string> organisations(comments.size(), issue.organisation),
        findings(comments.size(), finding), systems(comments.size(), issue.system),
        issues(comments.size(), issue.id);
    _database.transaction(
        [&](Session& session) {
            store::executeRows(
                session,
                "INSERT INTO shown_comment (organisation, finding, comment_id, system, issue_id, digest) "
                "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation, finding, comment_id) DO UPDATE "
                "SET system = excluded.system, issue_id = excluded.issue_id, digest = excluded.digest",
                organisations, findings, comments, systems, issues, texts);
        },
        store::Flush::No);
}

void KnownIssueStore::removeShownComment(const IssueId& issue, const std::string& finding,
                                         const std::string& comment) {
    _database.transaction(
        [&](Session& session) {
            session << "DELETE FROM shown_comment WHERE organisation = $1 AND finding = $2 "
                       "AND comment_id = $3",
                bind(issue.organisation), bind(finding), bind(comment), now;
        },
        store::Flush::No);
}

} // namespace jira_plugin::sync
