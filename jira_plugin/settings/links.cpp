#include "handlers.hpp"

#include "mapping/json_reader.hpp"
#include "sync_desk.hpp"

/// Tickets that people link to findings.
namespace jira_plugin::settings {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;

Object::Ptr ticketJson(const host::TicketRef& ticket) {
    Object::Ptr json = new Object;
    json->set("key", ticket.key);
    json->set("url", ticket.url);
    json->set("status", nullIfEmpty(ticket.status));
    return json;
}

SyncDesk::Actor actor(const Context& context) {
    return {context.who.user, context.who.userName};
}

/// The finding {finding} of the path, of a project that the caller administers. A finding that the host has
/// no more may still have a link, which admins may undo.
std::string editableFinding(const Context& context) {
    const std::string id = context.path("finding");
    const auto finding = context.parts.host.findings.get(context.organisation(), id);
    if (finding ? !context.mayEdit(finding->project) : !context.who.isAdmin)
        throw finding ? ApiProblem(403, "forbidden", "You do not administer the project of this finding.",
                                   "Ask an admin of " + context.who.organisationName + ".")
                      : notFound("finding '" + id + "'");
    return id;
}

} // namespace

Response linkTicket(Context& context) {
    const std::string finding = editableFinding(context);
    mapping::JsonReader reader(context.body());
    const auto ticket = reader.string("ticket", 2000);
    reader.finish();
    if (!ticket || ticket->empty())
        throw mapping::SettingsProblem("ticket", "'ticket' is required: the key or the URL of a ticket.");
    const auto linked = context.parts.syncDesk.link(context.organisation(), finding, *ticket, actor(context));
    Array::Ptr others = new Array;
    for (const auto& other : linked.others)
        others->add(other);
    Object::Ptr json = new Object;
    json->set("ticket", ticketJson(linked.ticket));
    json->set("others", others);
    return jsonResponse(200, json);
}

Response unlinkTicket(Context& context) {
    const std::string finding = editableFinding(context);
    mapping::JsonReader(context.body()).finish();
    Object::Ptr json = new Object;
    json->set("ticket",
              ticketJson(context.parts.syncDesk.unlink(context.organisation(), finding, actor(context))));
    return jsonResponse(200, json);
}

Response createTicketAgain(Context& context) {
    const std::string finding = editableFinding(context);
    mapping::JsonReader(context.body()).finish();
    context.parts.syncDesk.createAgain(context.organisation(), finding, actor(context));
    Object::Ptr json = new Object;
    json->set("queued", 1);
    return jsonResponse(202, json);
}

} // namespace jira_plugin::settings
