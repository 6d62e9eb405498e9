#include "jira/bulk_answer.hpp"
#include "jira/json.hpp"
#include "jira/read_comment.hpp"
#include "jira/read_issue.hpp"
#include "jira/read_issue_state.hpp"
#include "target.hpp"

/// Issues and comments, one or many, and the answer to a bulk create.
FUZZ_TARGET(jira_issue) {
    using namespace jira_plugin::jira;
    const std::string text(input);
    const auto object = json::parseObject(text);
    readIssue(object);
    readStoredIssue(object);
    readComment(object);
    if (const auto state = readIssueState(object))
        fuzz::require(!state->id.empty(), "the state of an issue has the issue's id");
    const auto issues = json::array(object, "issues");
    std::vector<Issue> found;
    appendIssues(found, issues);
    readIssueStates(issues);
    missingOf({"10001", "10002"}, issues);
    readUsers(json::parseArray(text));
    for (const std::size_t elements : {1, 2, 50}) {
        const auto outcomes = readBulkAnswer(object, elements);
        fuzz::require(outcomes.empty() || outcomes.size() == elements, "an outcome for every element");
    }
}
