#include "handlers.hpp"

#include "connection/cloud_app.hpp"
#include "connection/server_keys.hpp"
#include "mapping/json_reader.hpp"

#include <Poco/URI.h>

/// Connecting Jira Data Center: what an administrator types into Jira's application link, and the checks
/// after it.
namespace jira_plugin::settings {
namespace {

using connection::ServerKey;
using Poco::Dynamic::Var;
using Poco::JSON::Object;

constexpr const char* consumerName = "Mayo ASPM";

/// What the link in Jira leads to: this platform, without the path of the settings.
std::string linkUrl(const std::string& settingsPage) {
    const Poco::URI uri(settingsPage);
    return uri.getScheme() + "://" + uri.getAuthority();
}

Var verifiedJson(const ServerKey& key) {
    if (key.baseUrl.empty())
        return {};
    Object::Ptr json = new Object;
    json->set("url", key.baseUrl);
    json->set("version", key.jiraVersion);
    json->set("at", timeJson(key.verifiedAtMs));
    return json;
}

/// Shows the pair that Jira is to have: the next one, if there is one.
Response guide(const Context& context, const ServerKey& pairs) {
    const ServerKey key = pairs.hasNext() ? pairs.next() : pairs;
    const std::string page = context.parts.host.urls.settingsPage();
    Object::Ptr json = new Object;
    json->set("linkUrl", linkUrl(page));
    json->set("consumerKey", key.consumerKey);
    json->set("consumerName", std::string(consumerName));
    json->set("publicKey", key.publicKey);
    json->set("publicKeyLine", connection::withoutLines(key.publicKey));
    json->set("callbackUrl", page + connection::serverCallbackPath);
    json->set("createdAt", timeJson(key.createdAtMs));
    json->set("replacesKeyOf", pairs.hasNext() ? timeJson(pairs.createdAtMs) : Var());
    json->set("verified", verifiedJson(key));
    return jsonResponse(200, json);
}

} // namespace

Response showDataCenter(Context& context) {
    return guide(context, context.parts.connection.server().keys().pair(context.organisation()));
}

Response regenerateKeys(Context& context) {
    mapping::JsonReader reader(context.body());
    const bool confirmed = reader.boolean("confirm").value_or(false);
    reader.finish();
    if (!confirmed)
        throw ApiProblem(
            422, "confirmation_needed",
            "A new key pair makes the public key in Jira's application link useless: at once, or, "
            "while Jira is connected, as soon as the new one is there.",
            "Send {\"confirm\": true}.", "confirm");
    return guide(context, context.parts.connection.server().keys().regenerate(context.organisation(),
                                                                              context.who.user));
}

Response verifyServer(Context& context) {
    mapping::JsonReader reader(context.body());
    const auto url = reader.string("url", 2000);
    reader.finish();
    if (!url || url->empty())
        throw mapping::SettingsProblem("url", "'url' is required: the base URL of your Jira.");
    const auto verified =
        context.parts.connection.server().verify(context.organisation(), context.who.user, *url);
    Object::Ptr json = new Object;
    json->set("authorizeUrl", verified.authorizeUrl);
    json->set("version", verified.version);
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
