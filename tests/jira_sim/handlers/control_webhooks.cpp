#include <Poco/NumberParser.h>

#include "handlers/control.hpp"
#include "handlers/handlers.hpp"

/// Webhooks and deliveries as a test looks at them.
namespace jira_sim::handle {

namespace {

json::ArrayPtr arrayOf(const std::vector<std::string>& list) {
    json::ArrayPtr array = json::array();
    for (const std::string& item : list)
        array->add(item);
    return array;
}

std::string siteName(const Call& call, const std::string& cloudId) {
    const Site* site = call.world().site(cloudId);
    return site == nullptr ? "" : site->name;
}

json::ObjectPtr webhookJson(const Call& call, const Webhook& webhook) {
    const User* owner = call.world().user(webhook.accountId);
    return json::object(
        {{"id", webhook.id},
         {"site", siteName(call, webhook.cloudId)},
         {"registeredBy", owner == nullptr ? "" : owner->displayName},
         {"name", webhook.name},
         {"url", webhook.url},
         {"events", arrayOf(webhook.events)},
         {"jql", webhook.jql},
         {"fieldIds", arrayOf(webhook.fieldIds)},
         {"propertyKeys", arrayOf(webhook.propertyKeys)},
         {"active", webhook.active},
         {"signed", webhook.configuration.count("SECRET") != 0 || !call.isDataCenter()},
         {"created", jiraDateTime(webhook.createdMs)},
         {"expires", webhook.expiresMs == 0 ? json::Value() : json::Value(jiraDateTime(webhook.expiresMs))},
         {"expired", webhook.expiresMs != 0 && call.world().nowMs() >= webhook.expiresMs}});
}

json::ObjectPtr deliveryJson(const Call& call, const WebhookDelivery& delivery) {
    json::ArrayPtr ids = json::array();
    for (const std::int64_t id : delivery.webhookIds)
        ids->add(id);
    return json::object(
        {{"id", delivery.id},
         {"identifier", delivery.identifier},
         {"site", siteName(call, delivery.cloudId)},
         {"webhookIds", ids},
         {"url", delivery.url},
         {"event", delivery.event},
         {"issue", delivery.issueKey},
         {"state", stateName(delivery.state)},
         {"attempts", delivery.attempts},
         {"lastStatus", delivery.lastStatus},
         {"lastError", delivery.lastError},
         {"due", delivery.dueMs == 0 ? json::Value() : json::Value(jiraDateTime(delivery.dueMs))},
         {"payload", delivery.body.empty() ? json::Value() : json::parse(delivery.body)}});
}

/// The webhook that `{id}` of the path means, on the site that `site` names.
Webhook& webhookOf(const Call& call) {
    const Site& site = control::site(call, call.query("site"));
    Poco::Int64 id = 0;
    Webhook* found = Poco::NumberParser::tryParse64(call.param("id"), id)
                         ? call.world().webhooks().find(site.cloudId, id)
                         : nullptr;
    if (found == nullptr)
        throw Refusal{reply::message(404, "No webhook " + call.param("id") + " on site " + site.name)};
    return *found;
}

} // namespace

Response listWebhooks(Call& call) {
    json::ArrayPtr list = json::array();
    for (const Webhook& webhook : call.world().webhooks().all())
        list->add(webhookJson(call, webhook));
    return Response::json(200, json::object({{"webhooks", list}}));
}

Response setWebhook(Call& call) {
    Webhook& webhook = webhookOf(call);
    const json::Value active = json::member(call.body(), "active");
    if (!json::isBool(active))
        return reply::message(400, "active must be true or false");
    webhook.active = active.convert<bool>();
    return Response::json(200, webhookJson(call, webhook));
}

Response removeWebhook(Call& call) {
    const Webhook webhook = webhookOf(call);
    call.world().webhooks().remove(webhook.cloudId, webhook.id);
    call.services.deliveries.forget(webhook.cloudId, webhook.id);
    return Response::empty(204);
}

Response listDeliveries(Call& call) {
    const std::string event = call.query("event"), issue = call.query("issue"), state = call.query("state");
    json::ArrayPtr list = json::array();
    for (const WebhookDelivery& delivery : call.services.deliveries.list())
        if ((event.empty() || delivery.event == event) && (issue.empty() || delivery.issueKey == issue) &&
            (state.empty() || stateName(delivery.state) == state))
            list->add(deliveryJson(call, delivery));
    json::ObjectPtr counts = json::object();
    std::int64_t due = 0;
    for (const auto& [name, count] : call.services.deliveries.counts()) {
        counts->set(name, count);
        if (name == "pending" || name == "waiting" || name == "held")
            due += count;
    }
    return Response::json(200, json::object({{"due", due}, {"counts", counts}, {"deliveries", list}}));
}

Response clearDeliveries(Call& call) {
    call.services.deliveries.clear();
    return Response::empty(204);
}

Response flushDeliveries(Call& call) {
    return Response::json(200, json::object({{"flushed", call.services.deliveries.flush()}}));
}

} // namespace jira_sim::handle
