#include "rest_issue_states.hpp"

#include "errors.hpp"
#include "jql.hpp"
#include "json.hpp"
#include "json_writing.hpp"
#include "read_issue.hpp"
#include "read_issue_state.hpp"

#include <algorithm>
#include <iterator>

#include <Poco/StringTokenizer.h>

namespace jira_plugin::jira {
namespace {

std::string list(const std::vector<std::string>& texts) {
    std::string elements;
    for (const auto& text : texts) {
        json::appendElement(elements, json::quoted(text));
    }
    return "[" + elements + "]";
}

std::vector<std::string> split(const std::string& text) {
    const Poco::StringTokenizer parts(text, ",", Poco::StringTokenizer::TOK_IGNORE_EMPTY);
    return {parts.begin(), parts.end()};
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) {
        all += (all.empty() ? "" : ",") + text;
    }
    return all;
}

/// What a portion is continued with: the projects of the search and Jira's token, which holds no blank.
struct Portion {
    std::vector<std::string> projectIds;
    std::string token;
};

Portion portionFrom(const std::string& after, const std::vector<std::string>& projectIds) {
    const std::size_t blank = after.find(' ');
    if (blank == std::string::npos) {
        return {projectIds, {}};
    }
    return {split(after.substr(0, blank)), after.substr(blank + 1)};
}

} // namespace

/// Jira leaves out what it does not find; issueErrors are for what it could not answer, which says nothing
/// about whether the issue is there. Source: REST v3, "Bulk fetch issues", schema BulkIssueResults.
FetchedIssues CloudIssueStates::fetchMany(const std::vector<std::string>& issueIds) {
    const auto answer = fetchFields(issueIds, stateFields, "tickets");
    const auto issues = json::array(answer, "issues");
    FetchedIssues found;
    found.issues = readIssueStates(issues);
    const auto errors = json::array(answer, "issueErrors");
    const auto absent = missingOf(issueIds, issues);
    found.missing = missingOf(absent, errors);
    std::vector<std::string> unanswered;
    std::copy_if(absent.begin(), absent.end(), std::back_inserter(unanswered),
                 [&](const auto& id) { return missingOf({id}, errors).empty(); });
    readSingly(unanswered, found);
    return found;
}

/// The answer, which has issues.
Poco::JSON::Object::Ptr CloudIssueStates::fetchFields(const std::vector<std::string>& issueIds,
                                                      const std::string& fields, const std::string& what) {
    CallRequest request;
    request.method = "POST";
    request.path = "/issue/bulkfetch";
    request.body = "{\"issueIdsOrKeys\":" + list(issueIds) + ",\"fields\":" + list(split(fields)) + "}";
    request.what = "read " + std::to_string(issueIds.size()) + " " + what;
    RestCall& jira = dialect().call();
    auto answer = jira.object(request);
    if (!json::array(answer, "issues")) {
        jira.throwUnreadable(request);
    }
    return answer;
}

/// Long comments of many issues may be more than an answer may hold: then it is asked for half of them at a
/// time. An issue whose own are too long is not known.
std::map<std::string, std::string> CloudIssueStates::commentMarks(const std::vector<std::string>& issueIds) {
    try {
        return readCommentMarks(issueIds);
    } catch (const AnswerTooLarge&) {
        if (issueIds.size() < 2) {
            return {};
        }
    }
    const auto middle = issueIds.begin() + static_cast<std::ptrdiff_t>(issueIds.size() / 2);
    auto marks = commentMarks({issueIds.begin(), middle});
    marks.merge(commentMarks({middle, issueIds.end()}));
    return marks;
}

/// Jira puts the latest comments of an issue into its fields, and how many there are.
std::map<std::string, std::string>
CloudIssueStates::readCommentMarks(const std::vector<std::string>& issueIds) {
    std::map<std::string, std::string> marks;
    const auto issues = json::array(fetchFields(issueIds, "comment", "tickets' comments"), "issues");
    for (std::size_t i = 0; i < issues->size(); ++i) {
        const auto issue = json::objectAt(issues, i);
        const auto fields = json::object(issue, "fields");
        const auto page = fields ? json::object(fields, "comment") : Poco::JSON::Object::Ptr();
        const auto comments = page ? json::array(page, "comments") : Poco::JSON::Array::Ptr();
        if (!comments) {
            continue;
        }
        std::string mark = json::text(page, "total");
        for (std::size_t k = 0; k < comments->size(); ++k) {
            const auto comment = json::objectAt(comments, k);
            mark += " " + json::text(comment, "id") + "@" + json::text(comment, "updated");
        }
        marks[json::text(issue, "id")] = mark;
    }
    return marks;
}

/// Cloud refuses the whole search when it does not know one of the projects: it goes on without those that
/// the account does not see, and so do the portions after the first.
ChangedIssues CloudIssueStates::changedSince(const std::vector<std::string>& projectIds, std::int64_t sinceMs,
                                             const std::string& after) {
    Portion portion = portionFrom(after, projectIds);
    ChangedIssues changed;
    try {
        changed = RestIssueStates::changedSince(portion.projectIds, sinceMs, portion.token);
    } catch (const Refusal& refusal) {
        const auto known = visible(portion.projectIds);
        if (refusal.status() != 400 || known.size() == portion.projectIds.size()) {
            throw;
        }
        portion.projectIds = known;
        changed = RestIssueStates::changedSince(known, sinceMs, {});
    }
    if (!changed.next.empty()) {
        changed.next = joined(portion.projectIds) + " " + changed.next;
    }
    return changed;
}

std::vector<std::string> CloudIssueStates::visible(const std::vector<std::string>& projectIds) {
    std::vector<std::string> known;
    RestCall& jira = dialect().call();
    for (const auto& id : projectIds) {
        CallRequest request;
        request.path = "/project/" + segment(id);
        request.what = "see whether a project is still there";
        request.expected = {404};
        if (jira.send(request).status != 404) {
            known.push_back(id);
        }
    }
    return known;
}

ChangedIssues CloudIssueStates::search(const std::string& jql, const std::string& after) {
    CallRequest request;
    request.method = "POST";
    request.path = "/search/jql";
    request.body = searchBody(jql, stateFields, searchPage, after);
    request.what = "search tickets";
    RestCall& jira = dialect().call();
    const auto answer = jira.object(request);
    const auto issues = json::array(answer, "issues");
    if (!issues) {
        jira.throwUnreadable(request);
    }
    return {readIssueStates(issues),
            json::flag(answer, "isLast") ? std::string() : json::text(answer, "nextPageToken")};
}

} // namespace jira_plugin::jira
