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
    CallRequest request;
    request.method = "POST";
    request.path = "/issue/bulkfetch";
    request.body = "{\"issueIdsOrKeys\":" + list(issueIds) + ",\"fields\":" + list(split(stateFields)) + "}";
    request.what = "read " + std::to_string(issueIds.size()) + " tickets";
    RestCall& jira = dialect().call();
    const auto answer = jira.object(request);
    const auto issues = json::array(answer, "issues");
    if (!issues) {
        jira.throwUnreadable(request);
    }
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
