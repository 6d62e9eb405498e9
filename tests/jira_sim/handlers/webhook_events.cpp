#include "handlers/webhook_events.hpp"

#include <algorithm>

#include "handlers/webhook_payload.hpp"
#include "jql/query.hpp"

namespace jira_sim {

namespace {

template <typename List> bool holds(const List& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

/// Losing the grant, or the site out of it, ends deliveries.
bool isStillAllowed(World& world, const Webhook& webhook) {
    if (world.isDataCenter())
        return true;
    const std::vector<GrantPtr> grants = world.grants().all();
    return std::any_of(grants.begin(), grants.end(), [&](const GrantPtr& grant) {
        return grant->accountId == webhook.accountId && !grant->revoked &&
               grant->cloudIds.count(webhook.cloudId) != 0;
    });
}

bool passesFilters(const Webhook& webhook, const Event& event) {
    if (event.name.rfind("issue_property_", 0) == 0)
        return webhook.propertyKeys.empty() || holds(webhook.propertyKeys, event.propertyKey);
    if (event.name != "jira:issue_updated" || webhook.fieldIds.empty())
        return true;
    return std::any_of(event.change.items.begin(), event.change.items.end(),
                       [&](const ChangeItem& item) { return holds(webhook.fieldIds, item.fieldId); });
}

/// A filter whose project or person is gone matches nothing.
bool matchesJql(World& world, const Webhook& webhook, const Event& event) {
    const User* user = world.user(webhook.accountId);
    if (webhook.jql.empty() || user == nullptr)
        return user != nullptr;
    try {
        const jql::Query query = jql::parse(webhook.jql, {world, event.site, *user});
        return !query.isBounded() || query.matches(*event.issue);
    } catch (const jql::Refused&) {
        return false;
    }
}

bool wants(World& world, const Webhook& webhook, const Event& event, const std::string& name) {
    return webhook.cloudId == event.site.cloudId && webhook.isLive(world.nowMs()) &&
           holds(webhook.events, name) && passesFilters(webhook, event) && isStillAllowed(world, webhook) &&
           matchesJql(world, webhook, event);
}

WebhookDelivery deliveryOf(const Event& event, const std::string& name, const std::string& url) {
    WebhookDelivery delivery;
    delivery.cloudId = event.site.cloudId;
    delivery.url = url;
    delivery.event = name;
    delivery.issueKey = event.issue->key;
    return delivery;
}

/// One delivery per address, however many of its webhooks match.
void publishDynamic(Services& services, const Event& event) {
    std::vector<WebhookDelivery> deliveries;
    for (const Webhook& webhook : services.world.webhooks().all()) {
        if (!wants(services.world, webhook, event, event.name))
            continue;
        auto same = std::find_if(deliveries.begin(), deliveries.end(),
                                 [&](const WebhookDelivery& item) { return item.url == webhook.url; });
        if (same == deliveries.end())
            same = deliveries.insert(same, deliveryOf(event, event.name, webhook.url));
        same->webhookIds.push_back(webhook.id);
    }
    if (deliveries.empty())
        return;
    json::ObjectPtr body = webhook::payload(services, event);
    for (WebhookDelivery& delivery : deliveries) {
        json::ArrayPtr ids = json::array();
        for (const std::int64_t id : delivery.webhookIds)
            ids->add(id);
        body->set("matchedWebhookIds", ids);
        delivery.body = json::text(body);
        delivery.clientSecret = services.config.clientSecret;
        services.deliveries.send(std::move(delivery));
    }
}

std::string settingOf(const Webhook& webhook, const char* name) {
    const auto found = webhook.configuration.find(name);
    return found == webhook.configuration.end() ? std::string() : found->second;
}

/// Administrators' webhooks of a Data Center: one delivery each, unsigned before 10.0.
void publishAdministered(Services& services, const Event& event, const std::string& name,
                         json::ObjectPtr (*payload)(Services&, const Event&)) {
    std::string body;
    for (const Webhook& webhook : services.world.webhooks().all()) {
        if (!wants(services.world, webhook, event, name))
            continue;
        if (body.empty())
            body = json::text(payload(services, event));
        WebhookDelivery delivery = deliveryOf(event, name, webhook.url);
        delivery.webhookIds = {webhook.id};
        delivery.cloud = false;
        if (settingOf(webhook, "EXCLUDE_BODY") != "true")
            delivery.body = body;
        if (services.config.release.since(10, 0))
            delivery.hubSecret = settingOf(webhook, "SECRET");
        services.deliveries.send(std::move(delivery));
    }
}

/// Data Center has no events about properties in its list, and tells of a comment twice.
void publishOnDataCenter(Services& services, const Event& event) {
    if (event.name.rfind("issue_property_", 0) == 0)
        return;
    publishAdministered(services, event, event.name, webhook::payload);
    if (event.name.rfind("comment_", 0) == 0)
        publishAdministered(services, event, "jira:issue_updated", webhook::commentedPayload);
}

} // namespace

void publish(Services& services, const Event& event) {
    if (services.world.isDataCenter())
        publishOnDataCenter(services, event);
    else
        publishDynamic(services, event);
}

} // namespace jira_sim
