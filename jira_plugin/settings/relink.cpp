#include "handlers.hpp"

#include "mapping/json_reader.hpp"

namespace jira_plugin::settings {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;

Object::Ptr ticketJson(const push::Relinked::Ticket& ticket) {
    Object::Ptr json = new Object;
    json->set("finding", ticket.finding);
    json->set("key", ticket.key);
    json->set("url", ticket.url);
    json->set("found", ticket.found);
    json->set("newKey", nullIfEmpty(ticket.newKey));
    json->set("newUrl", nullIfEmpty(ticket.newUrl));
    return json;
}

} // namespace

Response relinkTickets(Context& context) {
    mapping::JsonReader reader(context.body());
    const auto after = reader.string("after", 200).value_or("");
    reader.finish();
    const auto client = context.client();
    const auto relinked = context.parts.pushes.relink(context.organisation(), after, *client);
    Array::Ptr tickets = new Array;
    int found = 0;
    for (const auto& ticket : relinked.tickets) {
        found += ticket.found ? 1 : 0;
        tickets->add(ticketJson(ticket));
    }
    Object::Ptr json = new Object;
    json->set("found", found);
    json->set("notFound", static_cast<int>(relinked.tickets.size()) - found);
    json->set("next", nullIfEmpty(relinked.next));
    if (!relinked.tickets.empty())
        context.audit("jira.links.relinked", client->system(), json);
    json->set("tickets", tickets);
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
