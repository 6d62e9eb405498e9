#include "handlers/webhook_payload.hpp"

#include <algorithm>
#include <map>

#include "handlers/views.hpp"
#include "world/adf_text.hpp"

namespace jira_sim::webhook {

namespace {

const Request noRequest;
const FaultPlan noFaults;

Call callFor(Services& services, const Event& event) {
    Call call{services, noRequest, noFaults, {}, &event.site, services.world.user(event.actorId), nullptr};
    call.forWebhook = true;
    return call;
}

/// Version 2 has text where version 3 has documents.
void flatten(json::ObjectPtr object) {
    if (object.isNull())
        return;
    std::map<std::string, std::string> texts;
    for (const auto& [name, value] : *object)
        if (json::memberString(json::asObject(value), "type") == "doc")
            texts[name] = adfText(value);
    for (const auto& [name, text] : texts)
        object->set(name, text);
}

json::ObjectPtr issueView(const Call& call, const Issue& issue, const std::vector<std::string>& fields) {
    json::ObjectPtr object = view::issue(call, issue, view::FieldSelection(fields, "*all"));
    object->remove("expand");
    flatten(json::asObject(json::member(object, "fields")));
    return object;
}

/// Recorded events of Cloud leave the comments out.
json::ObjectPtr wholeIssue(const Call& call, const Issue& issue) {
    return issueView(call, issue,
                     call.isDataCenter() ? std::vector<std::string>{"*all"}
                                         : std::vector<std::string>{"*all", "-comment"});
}

json::ObjectPtr commentView(const Call& call, const Event& event) {
    json::ObjectPtr object = view::comment(call, *event.issue, event.comment);
    flatten(object);
    return object;
}

json::ObjectPtr changelog(const Call& call, const Change& change) {
    json::ObjectPtr object = view::change(call, change);
    object->remove("author");
    object->remove("created");
    return object;
}

int categoryOf(const Site& site, const std::optional<std::string>& statusId) {
    const Status* status = statusId ? site.status(*statusId) : nullptr;
    return status == nullptr ? 0 : status->categoryId;
}

/// Cloud's changes of status are generic; Data Center tells them apart.
std::string statusChangeName(const Call& call, const ChangeItem& item) {
    if (!call.isDataCenter())
        return "issue_generic";
    const int from = categoryOf(*call.site, item.from), to = categoryOf(*call.site, item.to);
    if (to == 3)
        return from == 3 ? "issue_closed" : "issue_resolved";
    if (from == 3)
        return "issue_reopened";
    return to == 4 ? "issue_work_started" : "issue_generic";
}

std::string updateName(const Call& call, const Change& change) {
    for (const ChangeItem& item : change.items) {
        if (item.field == "Key")
            return "issue_moved";
        if (item.field == "status")
            return statusChangeName(call, item);
    }
    const bool onlyAssigned = change.items.size() == 1 && change.items.front().field == "assignee";
    return onlyAssigned ? "issue_assigned" : "issue_updated";
}

json::ObjectPtr head(const Call& call, const std::string& name) {
    return json::object({{"timestamp", call.world().nowMs()}, {"webhookEvent", name}});
}

void addIssueEvent(const Call& call, const Event& event, json::ObjectPtr body) {
    if (event.name != "jira:issue_deleted")
        body->set("issue_event_type_name",
                  event.name == "jira:issue_created" ? "issue_created" : updateName(call, event.change));
    body->set("user", view::user(call, event.actorId));
    body->set("issue", wholeIssue(call, *event.issue));
    const bool recorded =
        event.name == "jira:issue_updated" || (event.name == "jira:issue_created" && !call.isDataCenter());
    if (recorded)
        body->set("changelog", changelog(call, event.change));
}

/// The atlassian-connect shape of the events about properties: who, which issue, which property.
void addPropertyEvent(const Call& call, const Event& event, json::ObjectPtr body) {
    body->set("user", view::user(call, event.actorId));
    body->set("issue", issueView(call, *event.issue, {"summary", "issuetype", "project", "status"}));
    json::ObjectPtr property = json::object({{"key", event.propertyKey}});
    if (!event.propertyValue.empty())
        property->set("value", view::stored(event.propertyValue));
    body->set("property", property);
}

} // namespace

json::ObjectPtr payload(Services& services, const Event& event) {
    const Call call = callFor(services, event);
    json::ObjectPtr body = head(call, event.name);
    if (event.name.rfind("jira:issue_", 0) == 0) {
        addIssueEvent(call, event, body);
    } else if (event.name.rfind("comment_", 0) == 0) {
        body->set("comment", commentView(call, event));
        if (!call.isDataCenter())
            body->set("issue",
                      issueView(call, *event.issue,
                                {"summary", "issuetype", "project", "assignee", "priority", "status"}));
    } else {
        addPropertyEvent(call, event, body);
    }
    return body;
}

json::ObjectPtr commentedPayload(Services& services, const Event& event) {
    const Call call = callFor(services, event);
    json::ObjectPtr body = head(call, "jira:issue_updated");
    const bool isDeletion = event.name == "comment_deleted";
    body->set("issue_event_type_name", event.name == "comment_created" ? "issue_commented"
                                       : isDeletion                    ? "issue_comment_deleted"
                                                                       : "issue_comment_edited");
    body->set("user", view::user(call, event.actorId));
    body->set("issue", wholeIssue(call, *event.issue));
    if (!isDeletion)
        body->set("comment", commentView(call, event));
    return body;
}

} // namespace jira_sim::webhook
