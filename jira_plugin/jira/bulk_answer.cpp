#include "bulk_answer.hpp"

#include "error_body.hpp"
#include "json.hpp"
#include "remedies.hpp"

namespace jira_plugin::jira {
namespace {

BulkElement refusalOf(const Poco::JSON::Object::Ptr& error) {
    const ErrorBody body = readErrorObject(json::object(error, "elementErrors"));
    BulkElement element;
    element.status = static_cast<int>(json::number(error, "status", 400));
    element.fields = body.fields;
    const std::string words = body.text();
    element.message = "Jira refused the ticket (" + std::to_string(element.status) + ")" +
                      (words.empty() ? "." : ": " + words);
    element.remedy = remedyFor(element.status, body.fields);
    return element;
}

} // namespace

std::vector<BulkElement> readBulkAnswer(const Poco::JSON::Object::Ptr& answer, std::size_t elements) {
    const auto issues = json::array(answer, "issues");
    const auto errors = json::array(answer, "errors");
    std::vector<BulkElement> outcome(elements);
    std::size_t failed = 0;
    for (std::size_t i = 0; errors && i < errors->size(); ++i) {
        const auto error = json::objectAt(errors, i);
        const std::int64_t number = json::number(error, "failedElementNumber", -1);
        if (number < 0 || static_cast<std::size_t>(number) >= elements ||
            outcome[static_cast<std::size_t>(number)].status != 0) {
            return {};
        }
        outcome[static_cast<std::size_t>(number)] = refusalOf(error);
        ++failed;
    }
    const std::size_t created = issues ? issues->size() : 0;
    if (created + failed != elements) {
        return {};
    }
    std::size_t next = 0;
    for (BulkElement& element : outcome) {
        if (element.status == 0) {
            const auto issue = json::objectAt(issues, next++);
            element.issue = CreatedIssue{json::text(issue, "id"), json::text(issue, "key")};
            if (element.issue->id.empty() || element.issue->key.empty()) {
                return {};
            }
        }
    }
    return outcome;
}

} // namespace jira_plugin::jira
