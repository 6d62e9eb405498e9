#include "rest_issue_states.hpp"

#include "errors.hpp"
#include "jql.hpp"
#include "json.hpp"
#include "read_issue.hpp"
#include "read_issue_state.hpp"
#include "read_metadata.hpp"

#include <algorithm>
#include <iterator>

#include <Poco/NumberParser.h>

namespace jira_plugin::jira {
namespace {

/// Up to so many are read one by one: the index of another node of a cluster may still have the state before
/// the change that we were told of.
constexpr std::size_t fewIds = 5;
constexpr int pagesAtMost = 100;

} // namespace

FetchedIssues ServerIssueStates::fetchMany(const std::vector<std::string>& issueIds) {
    FetchedIssues found;
    if (issueIds.size() <= fewIds) {
        readSingly(issueIds, found);
    } else {
        searchIds(issueIds, found);
    }
    return found;
}

/// Without validation Jira passes over ids that do not exist. Where it refuses the query all the same, the
/// halves tell which id is at fault.
void ServerIssueStates::searchIds(const std::vector<std::string>& issueIds, FetchedIssues& found) {
    if (issueIds.size() <= fewIds) {
        return readSingly(issueIds, found);
    }
    std::vector<IssueState> issues;
    try {
        std::string next;
        for (int page = 0; page == 0 || (!next.empty() && page < pagesAtMost); ++page) {
            ChangedIssues portion = search(jqlForIds(issueIds), next);
            std::move(portion.issues.begin(), portion.issues.end(), std::back_inserter(issues));
            next = portion.next;
        }
    } catch (const Refusal& refusal) {
        if (refusal.status() != 400) {
            throw;
        }
        const auto middle = issueIds.begin() + static_cast<std::ptrdiff_t>(issueIds.size() / 2);
        searchIds({issueIds.begin(), middle}, found);
        searchIds({middle, issueIds.end()}, found);
        return;
    }
    std::vector<std::string> unfound;
    for (const auto& id : issueIds) {
        if (std::none_of(issues.begin(), issues.end(), [&](const auto& issue) { return issue.id == id; })) {
            unfound.push_back(id);
        }
    }
    readSingly(unfound, found); // the index may not know a new issue yet, and never knows an archived one
    std::move(issues.begin(), issues.end(), std::back_inserter(found.issues));
}

ChangedIssues ServerIssueStates::search(const std::string& jql, const std::string& after) {
    Poco::Int64 startAt = 0;
    Poco::NumberParser::tryParse64(after, startAt);
    CallRequest request;
    request.method = "POST";
    request.path = "/search";
    request.body = unvalidatedSearchBody(jql, stateFields, searchPage, std::max<std::int64_t>(startAt, 0));
    request.what = "search tickets";
    RestCall& jira = dialect().call();
    const auto answer = jira.object(request);
    const auto issues = json::array(answer, "issues");
    if (!issues) {
        jira.throwUnreadable(request);
    }
    const std::int64_t next = nextPage(answer, issues->size(), startAt);
    return {readIssueStates(issues), next < 0 ? std::string() : std::to_string(next)};
}

} // namespace jira_plugin::jira
