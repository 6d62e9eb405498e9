#include <algorithm>

#include <Poco/NumberParser.h>
#include <Poco/URI.h>

#include "handlers/dc_handlers.hpp"
#include "http/dc_replies.hpp"
#include "jql/query.hpp"

/// An administrator's webhooks on Data Center: /rest/webhooks/1.0/webhook up to 9.x, /rest/jira-webhook/1.0
/// since 10.0. What their bodies and answers hold is known from clients that use them (n8n, jira.js' live
/// runs on 10.3, OpenHands); the old resource is gone from 10.x and answers 404 there.
namespace jira_sim::handle::dc {

namespace {

const char* section = "issue-related-events-section";

/// The resource exists in one of the two generations only.
void onlyIn(const Call& call, bool sinceTen) {
    if (call.services.config.release.since(10, 0) != sinceTen)
        throw Refusal{reply::dc::notFound(call.services.config.publicUrl, call.request)};
}

Response problem(int status, const std::string& text) {
    return Response::json(status, json::object({{"messages", json::array({json::object({{"key", text}})})}}));
}

void onlyAdministrators(const Call& call, const std::string& what) {
    if (!call.user->admin)
        throw Refusal{problem(403, "You do not have permission to " + what + ".")};
}

bool isAddress(const std::string& url) {
    try {
        const Poco::URI uri(url);
        return !uri.getHost().empty() && (uri.getScheme() == "https" || uri.getScheme() == "http");
    } catch (const Poco::Exception&) {
        return false;
    }
}

/// What the two generations have in common. Throws Refusal.
void readCommon(const Call& call, const json::ObjectPtr& body, Webhook& webhook) {
    webhook.name = json::memberString(body, "name", webhook.name);
    webhook.url = json::memberString(body, "url", webhook.url);
    if (json::ArrayPtr events = json::asArray(json::member(body, "events"))) {
        webhook.events.clear();
        for (const json::Value& name : *events)
            webhook.events.push_back(json::asString(name).value_or(""));
    }
    if (webhook.name.empty() || !isAddress(webhook.url))
        throw Refusal{problem(400, webhook.name.empty() ? "The name must not be empty."
                                                        : "The URL must be absolute, with http or https.")};
    json::ObjectPtr filters = json::asObject(json::member(body, "filters"));
    if (!filters.isNull())
        webhook.jql = json::memberString(filters, section);
    try {
        jql::parse(webhook.jql, {call.world(), *call.site, *call.user});
    } catch (const jql::Refused& refused) {
        throw Refusal{problem(400, refused.message)};
    }
    webhook.updatedMs = call.world().nowMs();
}

Webhook& webhookOf(const Call& call) {
    Poco::Int64 id = 0;
    Webhook* found = Poco::NumberParser::tryParse64(call.param("id"), id)
                         ? call.world().webhooks().find(call.site->cloudId, id)
                         : nullptr;
    if (found == nullptr)
        throw Refusal{problem(404, "The webhook does not exist.")};
    return *found;
}

/// Up to 9.x: the same address, events and filter a second time are refused.
void refuseTwin(const Call& call, const Webhook& webhook) {
    for (const Webhook& other : call.world().webhooks().all())
        if (other.id != webhook.id && other.url == webhook.url && other.events == webhook.events &&
            other.jql == webhook.jql)
            throw Refusal{problem(409, "Webhook with the same URL, set of events, filters and the same "
                                       "project already exists.")};
}

json::ArrayPtr eventsOf(const Webhook& webhook) {
    json::ArrayPtr events = json::array();
    for (const std::string& name : webhook.events)
        events->add(name);
    return events;
}

bool excludesBody(const Webhook& webhook) {
    const auto found = webhook.configuration.find("EXCLUDE_BODY");
    return found != webhook.configuration.end() && found->second == "true";
}

/// Up to 9.x there is no id: it is the last segment of `self`.
json::ObjectPtr oldView(const Call& call, const Webhook& webhook) {
    const User* by = call.world().user(webhook.accountId);
    return json::object(
        {{"name", webhook.name},
         {"url", webhook.url},
         {"excludeBody", excludesBody(webhook)},
         {"filters", json::object({{section, webhook.jql}})},
         {"events", eventsOf(webhook)},
         {"enabled", webhook.active},
         {"self", call.site->url + "/rest/webhooks/1.0/webhook/" + std::to_string(webhook.id)},
         {"lastUpdatedUser", by == nullptr ? "" : by->key},
         {"lastUpdatedDisplayName", by == nullptr ? "" : by->displayName},
         {"lastUpdated", webhook.updatedMs}});
}

void readOld(const Call& call, Webhook& webhook) {
    json::ObjectPtr body = call.body();
    readCommon(call, body, webhook);
    const json::Value exclude = json::member(body, "excludeBody"), enabled = json::member(body, "enabled");
    if (json::isBool(exclude))
        webhook.configuration["EXCLUDE_BODY"] = exclude.convert<bool>() ? "true" : "false";
    if (json::isBool(enabled))
        webhook.active = enabled.convert<bool>();
    webhook.accountId = call.user->accountId;
    refuseTwin(call, webhook);
}

/// How the last deliveries went. Times and counts of a node are not simulated beyond that.
json::ObjectPtr statistics(const Call& call, const Webhook& webhook) {
    std::int64_t successes = 0, failures = 0;
    for (const WebhookDelivery& delivery : call.services.deliveries.list()) {
        const auto& ids = delivery.webhookIds;
        if (std::find(ids.begin(), ids.end(), webhook.id) == ids.end())
            continue;
        successes += delivery.state == WebhookDelivery::State::Delivered ? 1 : 0;
        failures += delivery.state == WebhookDelivery::State::Failed ? 1 : 0;
    }
    return json::object(
        {{"counts", json::object({{"successes", successes}, {"failures", failures}, {"errors", 0}})}});
}

/// Since 10.0: a numeric id; everything of the kind of delivery is in `configuration`, as texts. The secret
/// is shown to administrators, who set it.
json::ObjectPtr newView(const Call& call, const Webhook& webhook) {
    json::ObjectPtr configuration = json::object();
    for (const auto& [name, value] : webhook.configuration)
        configuration->set(name, value);
    json::ObjectPtr object = json::object({{"id", webhook.id},
                                           {"name", webhook.name},
                                           {"url", webhook.url},
                                           {"events", eventsOf(webhook)},
                                           {"createdDate", webhook.createdMs},
                                           {"updatedDate", webhook.updatedMs},
                                           {"configuration", configuration},
                                           {"active", webhook.active},
                                           {"scopeType", "global"},
                                           {"sslVerificationRequired", true}});
    if (call.query("statistics") == "true")
        object->set("statistics", statistics(call, webhook));
    return object;
}

void readNew(const Call& call, Webhook& webhook) {
    json::ObjectPtr body = call.body();
    readCommon(call, body, webhook);
    const json::Value active = json::member(body, "active");
    if (json::isBool(active))
        webhook.active = active.convert<bool>();
    json::ObjectPtr configuration = json::asObject(json::member(body, "configuration"));
    if (!configuration.isNull())
        for (const auto& [name, value] : *configuration) {
            if (!json::isString(value)) // the values are texts, "false" among them
                throw Refusal{problem(400, "configuration." + name + " must be a string.")};
            webhook.configuration[name] = value.convert<std::string>();
        }
    webhook.accountId = call.user->accountId;
}

Response created(Call& call, void (*read)(const Call&, Webhook&),
                 json::ObjectPtr (*view)(const Call&, const Webhook&)) {
    onlyAdministrators(call, "create WebHook '" + json::memberString(call.body(), "name") + "'");
    Webhook webhook;
    webhook.cloudId = call.site->cloudId;
    webhook.createdMs = call.world().nowMs();
    read(call, webhook);
    return Response::json(201, view(call, call.world().webhooks().add(webhook)));
}

Response changed(Call& call, void (*read)(const Call&, Webhook&),
                 json::ObjectPtr (*view)(const Call&, const Webhook&)) {
    Webhook& webhook = webhookOf(call);
    onlyAdministrators(call, "update WebHook '" + webhook.name + "'");
    Webhook next = webhook;
    read(call, next);
    webhook = next;
    return Response::json(200, view(call, webhook));
}

Response listed(Call& call, json::ObjectPtr (*view)(const Call&, const Webhook&)) {
    onlyAdministrators(call, "view WebHooks");
    json::ArrayPtr list = json::array();
    for (const Webhook& webhook : call.world().webhooks().ofSite(call.site->cloudId))
        list->add(view(call, webhook));
    return Response::json(200, list);
}

Response removed(Call& call) {
    const Webhook webhook = webhookOf(call);
    onlyAdministrators(call, "delete WebHook '" + webhook.name + "'");
    call.world().webhooks().remove(webhook.cloudId, webhook.id);
    call.services.deliveries.forget(webhook.cloudId, webhook.id);
    return Response::empty(204);
}

} // namespace

Response oldWebhooks(Call& call) {
    onlyIn(call, false);
    return listed(call, oldView);
}

Response addOldWebhook(Call& call) {
    onlyIn(call, false);
    return created(call, readOld, oldView);
}

Response oldWebhook(Call& call) {
    onlyIn(call, false);
    onlyAdministrators(call, "view WebHooks");
    return Response::json(200, oldView(call, webhookOf(call)));
}

Response changeOldWebhook(Call& call) {
    onlyIn(call, false);
    return changed(call, readOld, oldView);
}

Response removeOldWebhook(Call& call) {
    onlyIn(call, false);
    return removed(call);
}

Response webhooks(Call& call) {
    onlyIn(call, true);
    return listed(call, newView);
}

Response addWebhook(Call& call) {
    onlyIn(call, true);
    return created(call, readNew, newView);
}

Response webhook(Call& call) {
    onlyIn(call, true);
    onlyAdministrators(call, "view WebHooks");
    return Response::json(200, newView(call, webhookOf(call)));
}

Response changeWebhook(Call& call) {
    onlyIn(call, true);
    return changed(call, readNew, newView);
}

Response removeWebhook(Call& call) {
    onlyIn(call, true);
    return removed(call);
}

Response webhookStatistics(Call& call) {
    onlyIn(call, true);
    onlyAdministrators(call, "view WebHooks");
    return Response::json(200, statistics(call, webhookOf(call)));
}

Response latestDelivery(Call& call) {
    onlyIn(call, true);
    onlyAdministrators(call, "view WebHooks");
    const Webhook& webhook = webhookOf(call);
    const std::vector<WebhookDelivery> list = call.services.deliveries.list();
    const auto last = std::find_if(list.rbegin(), list.rend(), [&](const WebhookDelivery& delivery) {
        const auto& ids = delivery.webhookIds;
        return delivery.attempts > 0 && std::find(ids.begin(), ids.end(), webhook.id) != ids.end();
    });
    if (last == list.rend())
        return Response::empty(204);
    return Response::json(
        200,
        json::object(
            {{"event", last->event},
             {"request", json::object({{"method", "POST"}, {"url", last->url}})},
             {"result", json::object({{"statusCode", last->lastStatus},
                                      {"outcome", last->lastStatus / 100 == 2 ? "SUCCESS" : "FAILURE"}})}}));
}

} // namespace jira_sim::handle::dc
