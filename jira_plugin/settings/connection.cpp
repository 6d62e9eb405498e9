#include "handlers.hpp"

#include "auth_answer.hpp"
#include "connection/connection_store.hpp"
#include "mapping/json_reader.hpp"
#include "webhook_json.hpp"

namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Object;
using State = connection::ConnectionStatus::State;

bool hasConnection(const connection::ConnectionStatus& status) {
    return status.state == State::Connected || status.state == State::NeedsAttention;
}

Object::Ptr note(const std::string& message, const std::string& remedy) {
    Object::Ptr object = new Object;
    object->set("message", message);
    object->set("remedy", remedy);
    return object;
}

/// Of the link that was handed to a member; null when there is none, or the caller is no admin.
Var handoverJson(const Context& context) {
    if (!context.who.isAdmin)
        return {};
    const auto status = context.parts.connection.handovers().status(context.organisation());
    if (!status)
        return {};
    Object::Ptr json = new Object;
    json->set("state", std::string(connection::toString(status->state)));
    json->set("createdAt", timeJson(status->createdAtMs));
    json->set("createdBy", status->createdBy);
    json->set("createdByName", context.memberName(status->createdBy));
    json->set("expiresAt", timeJson(status->expiresAtMs));
    json->set("doneBy", nullIfEmpty(status->doneBy));
    json->set("doneByName", context.memberName(status->doneBy));
    return json;
}

Object::Ptr statusJson(const Context& context, const connection::ConnectionStatus& status,
                       bool choosingSite) {
    const bool connected = hasConnection(status);
    Object::Ptr json = new Object;
    json->set("state", std::string(connection::toString(status.state)));
    json->set("configured", status.state != State::NotConfigured);
    json->set("choosingSite", choosingSite);
    json->set("deployment", connected ? Var(status.deployment) : Var());
    json->set("version", connected ? nullIfEmpty(status.jiraVersion) : Var());
    const Var site =
        status.siteId.empty() ? Var() : Var(siteJson({status.siteId, status.siteName, status.siteUrl, {}}));
    json->set("site", connected ? site : Var());
    json->set("previousSite", connected ? Var() : site);
    json->set("account", connected ? nullIfEmpty(status.accountName) : Var());
    const bool byName = connected && status.deployment == connection::serverDeployment;
    json->set("username", byName ? nullIfEmpty(status.accountId) : Var());
    json->set("ticketsElsewhere",
              connected ? context.parts.pushes.ticketsElsewhere(context.organisation(), status.siteId) : 0);
    json->set("connectedAt", connected ? timeJson(status.connectedAtMs) : Var());
    json->set("connectedBy", connected ? nullIfEmpty(status.connectedBy) : Var());
    json->set("connectedByName", connected ? context.memberName(status.connectedBy) : Var());
    json->set("attention", status.message.empty() ? Var() : Var(note(status.message, status.remedy)));
    json->set("webhook", webhookJson(context.parts.health.health(context.organisation())));
    json->set("handover", handoverJson(context));
    return json;
}

Response currentStatus(Context& context) {
    auto& desk = context.parts.connection;
    const bool choosingSite =
        context.who.isAdmin && !desk.sites(context.organisation(), context.who.user).empty();
    return jsonResponse(200, statusJson(context, desk.status(context.organisation()), choosingSite));
}

} // namespace

Response showConnection(Context& context) {
    return currentStatus(context);
}

Response authorizeCloud(Context& context) {
    mapping::JsonReader(context.body()).finish();
    Object::Ptr json = new Object;
    json->set("authorizeUrl", context.parts.connection.begin(context.organisation(), context.who.user));
    return jsonResponse(200, json);
}

Response listSites(Context& context) {
    Object::Ptr json = new Object;
    json->set("sites", sitesJson(context.parts.connection.sites(context.organisation(), context.who.user)));
    return jsonResponse(200, json);
}

Response chooseSite(Context& context) {
    mapping::JsonReader reader(context.body());
    const auto site = reader.string("site", 128);
    const bool confirmed = reader.boolean("confirm").value_or(false);
    reader.finish();
    if (!site || site->empty())
        throw mapping::SettingsProblem(
            "site", "'site' is required: the id of one of the sites of GET /api/connection/sites.");
    const auto result =
        context.parts.connection.chooseSite(context.organisation(), context.who.user, *site, confirmed);
    requireConnected(result);
    context.parts.metadata.drop(context.organisation());
    return currentStatus(context);
}

Response disconnect(Context& context) {
    const auto status = context.parts.connection.status(context.organisation());
    mapping::JsonReader reader(context.body());
    const auto site = reader.string("site", 255);
    reader.finish();
    if (!hasConnection(status))
        throw ApiProblem(409, "not_connected", "There is no connection to end.", "Nothing needs to be done.");
    if (!site || (*site != status.siteName && *site != status.siteId && *site != status.siteUrl))
        throw ApiProblem(422, "confirmation_needed",
                         "Disconnecting needs the name of the site, so that it does not happen by mistake.",
                         "Send {\"site\": \"" + status.siteName + "\"}.", "site");
    context.parts.connection.disconnect(context.organisation(), context.who.user);
    context.parts.metadata.drop(context.organisation());
    return currentStatus(context);
}

} // namespace jira_plugin::settings
