#include "handlers.hpp"

#include "mapping/json_reader.hpp"
#include "trial/test_tickets.hpp"

#include <algorithm>

namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;
using trial::ComparedField;
using trial::TestState;
using trial::TestTicket;

Var verdictJson(const TestTicket& ticket) {
    if (ticket.compared.empty())
        return {};
    const bool same = std::all_of(ticket.compared.begin(), ticket.compared.end(), [](const auto& field) {
        return field.verdict == ComparedField::Verdict::Same;
    });
    return same ? "same" : "differs";
}

Array::Ptr fieldsJson(const TestTicket& ticket) {
    Array::Ptr fields = new Array;
    for (const auto& field : ticket.compared) {
        Object::Ptr json = new Object;
        json->set("field", field.id);
        json->set("name", field.name);
        json->set("sent", field.sent);
        json->set("stored", field.verdict == ComparedField::Verdict::Missing ? Var() : Var(field.stored));
        json->set("verdict", std::string(trial::toString(field.verdict)));
        fields->add(json);
    }
    return fields;
}

Var issueJson(const TestTicket& ticket) {
    if (ticket.issueKey.empty())
        return {};
    Object::Ptr json = new Object;
    json->set("key", ticket.issueKey);
    json->set("url", ticket.url);
    return json;
}

Object::Ptr testTicketJson(const TestTicket& ticket) {
    Object::Ptr json = new Object;
    json->set("id", ticket.id);
    json->set("project", ticket.project);
    json->set("projectKey", ticket.projectKey);
    json->set("state", std::string(trial::toString(ticket.state)));
    json->set("ticket", issueJson(ticket));
    json->set("createdAt", timeJson(ticket.createdAtMs));
    json->set("createdBy", ticket.createdBy);
    json->set("deletedAt", timeJson(ticket.deletedAtMs));
    json->set("verdict", verdictJson(ticket));
    json->set("fields", fieldsJson(ticket));
    json->set("message", nullIfEmpty(ticket.message));
    json->set("remedy", nullIfEmpty(ticket.remedy));
    return json;
}

TestTicket stored(Context& context) {
    if (auto ticket = context.parts.testTickets.find(context.organisation(), context.path("id")))
        return *std::move(ticket);
    throw notFound("such test ticket");
}

host::Project readProject(Context& context) {
    mapping::JsonReader reader(context.body());
    const auto project = reader.string("project", 255).value_or("");
    reader.finish();
    if (project.empty())
        throw mapping::SettingsProblem("project", "'project' is required: the id or key of a project.");
    return context.project(project);
}

} // namespace

Response sendTestTicket(Context& context) {
    const auto project = readProject(context);
    context.requireEdit(project);
    const auto ticket = context.parts.testTickets.send(context.organisation(), project, context.who.user);
    context.audit("jira.test_ticket.sent",
                  project.key + (ticket.issueKey.empty() ? "" : " " + ticket.issueKey));
    return jsonResponse(201, testTicketJson(ticket));
}

Response listTestTickets(Context& context) {
    Array::Ptr tickets = new Array;
    for (const auto& ticket : context.parts.testTickets.latest(context.organisation()))
        tickets->add(testTicketJson(ticket));
    Object::Ptr json = new Object;
    json->set("testTickets", tickets);
    return jsonResponse(200, json);
}

Response showTestTicket(Context& context) {
    return jsonResponse(200, testTicketJson(context.parts.testTickets.refresh(stored(context))));
}

Response deleteTestTicket(Context& context) {
    auto ticket = stored(context);
    context.requireEdit({ticket.project, ticket.projectKey, ""});
    ticket = context.parts.testTickets.remove(std::move(ticket));
    if (ticket.state == TestState::Deleted)
        context.audit("jira.test_ticket.deleted", ticket.projectKey + " " + ticket.issueKey);
    return jsonResponse(200, testTicketJson(ticket));
}

} // namespace jira_plugin::settings
