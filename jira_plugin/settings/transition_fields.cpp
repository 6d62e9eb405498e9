#include "handlers.hpp"

#include "field_json.hpp"
#include "jira/errors.hpp"
#include "jira_reference.hpp"
#include "trial/test_tickets.hpp"

#include <map>
#include <set>

/// What Jira asks for when a ticket is moved. Jira tells it of a ticket only, and only of the steps that it
/// can take where it stands: so some tickets of the project are looked at.
namespace jira_plugin::settings {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;
constexpr std::size_t mostTickets = 6;

class Screens {
public:
    explicit Screens(jira::Client& client) : _client(client) {}

    bool isEnough() const { return _looked.size() >= mostTickets; }
    bool isKnown() const { return _answered; }
    const std::map<std::string, jira::FieldMeta>& closing() const { return _closing; }
    const std::map<std::string, jira::FieldMeta>& reopening() const { return _reopening; }

    /// status: of the ticket as it was last seen; one ticket that answers is enough for each.
    void look(const store::TicketLink& link) {
        if (link.ticket.system == _client.system() && _statuses.count(link.ticket.status) == 0 &&
            look(link.ticket.id))
            _statuses.insert(link.ticket.status);
    }

    /// Whether the ticket answered.
    bool look(const std::string& issue) {
        if (isEnough() || issue.empty() || !_looked.insert(issue).second)
            return false;
        try {
            for (const auto& transition : _client.workflow().transitions(issue))
                for (const auto& [id, field] : transition.fields)
                    (transition.to.category == "done" ? _closing : _reopening).emplace(id, field);
            _answered = true;
            return true;
        } catch (const jira::Refusal&) {
            // Deleted or hidden: another ticket may tell.
            return false;
        }
    }

private:
    jira::Client& _client;
    std::set<std::string> _looked;
    std::set<std::string> _statuses;
    std::map<std::string, jira::FieldMeta> _closing;
    std::map<std::string, jira::FieldMeta> _reopening;
    bool _answered = false;
};

Array::Ptr fieldsJson(const std::map<std::string, jira::FieldMeta>& fields) {
    Array::Ptr json = new Array;
    for (const auto& [id, field] : fields)
        json->add(fieldJson(field));
    return json;
}

bool concerns(const mapping::ProjectMapping& mapping, const std::string& jiraProject,
              const std::string& type) {
    return mapping.jiraProjectId == jiraProject && (type.empty() || mapping.issueTypeId == type);
}

void lookAtTickets(Context& context, const std::string& project, Screens& screens) {
    store::OutboxListing::Filter filter;
    filter.state = store::OutboxState::Created;
    filter.project = project;
    for (const auto& push : context.parts.pushes.list(context.organisation(), filter).pushes)
        if (push.link)
            screens.look(*push.link);
}

} // namespace

Response listTransitionFields(Context& context) {
    const auto client = context.client();
    const auto project = jiraProject(*client, context.path("id"));
    Screens screens(*client);
    std::set<std::string> concerned;
    for (const auto& mapping : context.parts.mappings.projects(context.organisation()))
        if (concerns(mapping, project.id, context.query("issueType")))
            concerned.insert(mapping.project);
    for (const auto& ticket : context.parts.testTickets.latest(context.organisation()))
        if (concerned.count(ticket.project) != 0 && ticket.state == trial::TestState::There &&
            ticket.system == client->system())
            screens.look(ticket.issueId);
    for (const auto& each : concerned)
        if (!screens.isEnough())
            lookAtTickets(context, each, screens);
    Object::Ptr json = new Object;
    json->set("known", screens.isKnown());
    json->set("closing", fieldsJson(screens.closing()));
    json->set("reopening", fieldsJson(screens.reopening()));
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
