#include "handlers.hpp"

#include "mapping/json_reader.hpp"
#include "webhook_json.hpp"

namespace jira_plugin::settings {
namespace {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

Array::Ptr textsJson(const std::vector<std::string>& texts) {
    Array::Ptr json = new Array;
    for (const auto& text : texts)
        json->add(text);
    return json;
}

/// Without the secret, which is shown when somebody asks for it. The URL has a part that nobody else may
/// know.
Var manualJson(const Context& context) {
    if (!context.who.isAdmin)
        return {};
    const auto setup = context.parts.health.manualSetup(context.organisation());
    if (!setup)
        return {};
    Object::Ptr json = new Object;
    json->set("url", setup->url);
    json->set("hasSecret", !setup->secret.empty());
    json->set("events", textsJson(setup->events));
    json->set("jql", nullIfEmpty(setup->jql));
    json->set("steps", textsJson(setup->steps));
    return json;
}

Response webhookResponse(const Context& context, const sync::WebhookHealth& health) {
    Object::Ptr json = webhookJson(health);
    json->set("since", timeJson(health.sinceMs));
    json->set("checkedAt", timeJson(health.checkedAtMs));
    json->set("heardAt", timeJson(health.heardAtMs));
    json->set("delayMs", health.delayMs < 0 ? Var() : Var(health.delayMs));
    json->set("expiresAt", timeJson(health.expiresAtMs));
    json->set("ids", textsJson(health.ids));
    json->set("repairable", health.isRepairable);
    json->set("well", health.isWell());
    json->set("manual", manualJson(context));
    return jsonResponse(200, json);
}

void requireEmptyBody(const Context& context) {
    mapping::JsonReader(context.body()).finish();
}

} // namespace

Object::Ptr webhookJson(const sync::WebhookHealth& health) {
    Object::Ptr json = new Object;
    json->set("state", std::string(sync::toString(health.state)));
    json->set("message", health.message);
    json->set("remedy", nullIfEmpty(health.remedy));
    return json;
}

Response showWebhook(Context& context) {
    return webhookResponse(context, context.parts.health.health(context.organisation()));
}

Response checkWebhook(Context& context) {
    requireEmptyBody(context);
    return webhookResponse(context, context.parts.health.check(context.organisation()));
}

Response repairWebhook(Context& context) {
    requireEmptyBody(context);
    return webhookResponse(context, context.parts.health.repair(context.organisation(), context.who.user));
}

Response rotateWebhook(Context& context) {
    requireEmptyBody(context);
    return webhookResponse(context,
                           context.parts.health.renewSecrets(context.organisation(), context.who.user));
}

/// A request of its own, so that it is in nobody's page by chance and stands in the audit log.
Response revealWebhookSecret(Context& context) {
    requireEmptyBody(context);
    const auto setup = context.parts.health.manualSetup(context.organisation());
    if (!setup || setup->secret.empty())
        throw ApiProblem(409, "no_secret", "This Jira's webhook has no secret.",
                         "Nothing needs to be done: Jira Cloud and Data Center before 10 take none.");
    context.audit("jira.webhook.secret_shown", context.organisation());
    Object::Ptr json = new Object;
    json->set("secret", setup->secret);
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
