#include "push_json.hpp"

#include "context.hpp"
#include "push/notes.hpp"

namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
using store::OutboxState;

Var ticketJson(const std::optional<store::TicketLink>& link) {
    if (!link)
        return {};
    Array::Ptr labels = new Array;
    for (const auto& label : link->ticket.labels)
        labels->add(label);
    Object::Ptr json = new Object;
    json->set("key", link->ticket.key);
    json->set("url", link->ticket.url);
    json->set("status", nullIfEmpty(link->ticket.status));
    json->set("priority", nullIfEmpty(link->ticket.priority));
    json->set("assignee", nullIfEmpty(link->ticket.assignee));
    json->set("dueDate", nullIfEmpty(link->ticket.dueDate));
    json->set("labels", labels);
    json->set("createdAt", timeJson(link->createdAtMs));
    return json;
}

Array::Ptr notesJson(const std::string& encoded) {
    Array::Ptr json = new Array;
    for (const auto& note : push::decodeNotes(encoded))
        json->add(note.text);
    return json;
}

} // namespace

std::string stateWord(OutboxState state) {
    return host::toString(store::toPushState(state));
}

Object::Ptr pushJson(const store::ListedPush& push) {
    const auto& row = push.row;
    Object::Ptr json = new Object;
    json->set("finding", row.finding);
    json->set("title", row.title);
    json->set("project", row.project);
    json->set("severity", std::string(host::toString(row.severity)));
    json->set("state", stateWord(row.state));
    json->set("since", timeJson(row.stateSinceMs));
    json->set("requestedAt", timeJson(row.enqueuedAtMs));
    json->set("requestedBy", nullIfEmpty(row.requestedBy));
    json->set("attempts", row.attempts);
    json->set("cause", nullIfEmpty(row.cause));
    json->set("message", nullIfEmpty(row.message));
    json->set("remedy", nullIfEmpty(row.remedy));
    json->set("notes", notesJson(row.notes));
    json->set("ticket", ticketJson(push.link));
    return json;
}

} // namespace jira_plugin::settings
