#include "handlers.hpp"

#include "auth_answer.hpp"
#include "mapping/json_reader.hpp"

namespace jira_plugin::settings {
namespace {

using connection::HandoverCheck;
using Poco::JSON::Object;

constexpr const char* askAgain = "Ask the admin who sent it for a new link.";
constexpr const char* nothingLeft = "Nothing is left for you to do.";

ApiProblem used(const std::string& message, const std::string& remedy) {
    return ApiProblem(410, "handover_used", message, remedy);
}

void requireGood(const Context& context, HandoverCheck check) {
    switch (check) {
    case HandoverCheck::Good:
        return;
    case HandoverCheck::Unknown:
        throw ApiProblem(404, "handover_unknown",
                         "There is no such link in " + context.who.organisationName +
                             ": it was mistyped, taken back or replaced by a newer one.",
                         "Sign in to the organisation that the link is for, or ask the admin who sent it for "
                         "a new one.");
    case HandoverCheck::Expired:
        throw ApiProblem(410, "handover_expired", "This link was good for one day, which is over.", askAgain);
    case HandoverCheck::Taken:
        throw used("Another member has already begun with this link.",
                   "A link is good for one member. Let them finish, or ask the admin for a new link.");
    case HandoverCheck::Done:
        throw used("Jira was already connected with this link.", nothingLeft);
    case HandoverCheck::NotNeeded:
        throw used("Somebody else connected Jira after this link was made.", nothingLeft);
    }
}

const std::string& token(const Context& context) {
    return context.path("token");
}

std::string siteOf(mapping::JsonReader& reader) {
    const auto site = reader.string("site", 128);
    if (!site || site->empty())
        throw mapping::SettingsProblem("site", "'site' is required: the id of one of the sites of the link.");
    return *site;
}

Object::Ptr connectedSite(Context& context) {
    const auto status = context.parts.connection.status(context.organisation());
    return siteJson({status.siteId, status.siteName, status.siteUrl, {}});
}

} // namespace

Response createHandover(Context& context) {
    mapping::JsonReader(context.body()).finish();
    const auto link = context.parts.connection.handovers().create(context.organisation(), context.who.user);
    Object::Ptr json = new Object;
    json->set("url", context.request.mountUrl + "/authorize/" + link.token);
    json->set("expiresAt", timeJson(link.expiresAtMs));
    return jsonResponse(201, json);
}

Response revokeHandover(Context& context) {
    context.parts.connection.handovers().revoke(context.organisation(), context.who.user);
    return {204, {{"Cache-Control", "no-store"}}, ""};
}

Response showHandover(Context& context) {
    const auto view =
        context.parts.connection.handovers().look(context.organisation(), context.who.user, token(context));
    const bool finished = !view.status.doneBy.empty(); // by this member, who may look at it again
    if (!finished)
        requireGood(context, view.check);
    Object::Ptr organisation = new Object;
    organisation->set("id", context.organisation());
    organisation->set("name", context.who.organisationName);
    Object::Ptr json = new Object;
    json->set("organisation", organisation);
    json->set("createdByName", context.memberName(view.status.createdBy));
    json->set("expiresAt", timeJson(view.status.expiresAtMs));
    json->set("state", std::string(connection::toString(view.status.state)));
    json->set("sites", sitesJson(view.sites));
    return jsonResponse(200, json);
}

Response authorizeHandover(Context& context) {
    mapping::JsonReader(context.body()).finish();
    const auto begun =
        context.parts.connection.handovers().begin(context.organisation(), context.who.user, token(context));
    requireGood(context, begun.check);
    Object::Ptr json = new Object;
    json->set("authorizeUrl", begun.authorizeUrl);
    return jsonResponse(200, json);
}

Response chooseHandoverSite(Context& context) {
    mapping::JsonReader reader(context.body());
    const auto site = siteOf(reader);
    const bool confirmed = reader.boolean("confirm").value_or(false);
    reader.finish();
    const auto chosen = context.parts.connection.handovers().chooseSite(
        context.organisation(), context.who.user, token(context), site, confirmed);
    requireGood(context, chosen.check);
    requireConnected(chosen.result);
    context.parts.metadata.drop(context.organisation());
    Object::Ptr json = new Object;
    json->set("state", std::string(connection::toString(connection::HandoverState::Done)));
    json->set("site", connectedSite(context));
    json->set("message", chosen.result.message);
    json->set("remedy", chosen.result.remedy);
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
