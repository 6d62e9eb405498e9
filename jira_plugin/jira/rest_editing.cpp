#include "rest_editing.hpp"

#include "json_writing.hpp"

namespace jira_plugin::jira {
namespace {

using json::quoted;

constexpr const char* writeScope = "write:jira-work";

std::string nullable(const std::string& text, const std::string& value) {
    return text.empty() ? "null" : value;
}

std::string fieldsOf(const IssueEdit& change, const char* personMember) {
    std::string fields;
    const auto add = [&fields](const char* id, const std::string& value) {
        json::appendElement(fields, quoted(id) + ":" + value);
    };
    if (change.summary) {
        add("summary", quoted(*change.summary));
    }
    if (change.priorityId) {
        add("priority", "{\"id\":" + quoted(*change.priorityId) + "}");
    }
    if (change.assigneeId) {
        add("assignee", nullable(*change.assigneeId,
                                 "{" + quoted(personMember) + ":" + quoted(*change.assigneeId) + "}"));
    }
    if (change.dueDate) {
        add("duedate", nullable(*change.dueDate, quoted(*change.dueDate)));
    }
    return fields;
}

/// One by one, so that the labels of people stay.
std::string labelsOf(const IssueEdit& change) {
    std::string operations;
    for (const auto& label : change.addLabels) {
        json::appendElement(operations, "{\"add\":" + quoted(label) + "}");
    }
    for (const auto& label : change.removeLabels) {
        json::appendElement(operations, "{\"remove\":" + quoted(label) + "}");
    }
    return operations;
}

} // namespace

std::string editBody(const IssueEdit& change, const char* personMember) {
    std::string members;
    if (const std::string fields = fieldsOf(change, personMember); !fields.empty()) {
        json::appendElement(members, "\"fields\":{" + fields + "}");
    }
    if (const std::string labels = labelsOf(change); !labels.empty()) {
        json::appendElement(members, "\"update\":{\"labels\":[" + labels + "]}");
    }
    return "{" + members + "}";
}

void RestEditing::edit(const std::string& issueId, const IssueEdit& change) {
    if (change.isEmpty()) {
        return;
    }
    CallRequest request;
    request.method = "PUT";
    request.path = "/issue/" + segment(issueId);
    request.body = editBody(change, _dialect.personMember());
    request.what = "change " + issueId;
    request.scope = writeScope;
    request.effect = Effect::Changes;
    request.topic = Topic::Edit;
    _dialect.call().send(request);
}

void RestEditing::setProperty(const std::string& issueId, const std::string& key, const std::string& value) {
    CallRequest request;
    request.method = "PUT";
    request.path = "/issue/" + segment(issueId) + "/properties/" + segment(key);
    request.body = value;
    request.what = "set a property of " + issueId;
    request.scope = writeScope;
    request.effect = Effect::Repeatable;
    request.topic = Topic::Edit;
    request.answersNothing = true;
    _dialect.call().send(request);
}

} // namespace jira_plugin::jira
