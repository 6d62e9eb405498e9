#include <algorithm>
#include <set>

#include <Poco/Net/IPAddress.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include "handlers/handlers.hpp"
#include "jql/query.hpp"

/// Dynamic webhooks of an app: /rest/api/3/webhook.
namespace jira_sim::handle {

namespace {

constexpr std::int64_t dayMs = std::int64_t{24} * 3600 * 1000;
constexpr std::int64_t lifetimeMs = 30 * dayMs;
/// An expired webhook stays in the list for a while: "up to three months".
constexpr std::int64_t listedAfterwardsMs = 90 * dayMs;
constexpr int quota = 5;

const std::set<std::string> eventNames = {
    "jira:issue_created", "jira:issue_updated",    "jira:issue_deleted",      "comment_created",
    "comment_updated",    "comment_deleted",       "issue_property_set",      "issue_property_deleted",
    "sprint_created",     "sprint_updated",        "sprint_closed",           "sprint_deleted",
    "sprint_started",     "jira:version_released", "jira:version_unreleased", "jira:version_created",
    "jira:version_moved", "jira:version_updated",  "jira:version_merged",     "jira:version_deleted"};

/// The part of JQL that filters of dynamic webhooks take. Texts as live sites and the description give them.
void restrictFilter(const jql::Term& term) {
    static const std::set<std::string> operators = {"=", "!=", "in", "not in"};
    static const std::set<std::string> fields = {"issuekey", "project",  "issuetype", "status",
                                                 "assignee", "reporter", "priority"};
    if (fields.count(jql::canonicalField(term.field)) == 0)
        throw jql::Refused{"The clause " + term.field + " is unsupported"};
    if (operators.count(term.op) == 0)
        throw jql::Refused{"Operator " + term.op + " is unsupported"};
}

bool isLoopback(const std::string& host) {
    Poco::Net::IPAddress address;
    return host == "localhost" || (Poco::Net::IPAddress::tryParse(host, address) && address.isLoopback());
}

/// Jira takes https alone; http to this machine is this stand-in's leniency, so that a host without a
/// certificate can be told, too.
bool isAddress(const std::string& url) {
    try {
        const Poco::URI uri(url);
        return !uri.getHost().empty() &&
               (uri.getScheme() == "https" || (uri.getScheme() == "http" && isLoopback(uri.getHost())));
    } catch (const Poco::Exception&) {
        return false;
    }
}

/// A list of texts; empty when the member is absent. Refused when it is something else.
std::vector<std::string> texts(const json::ObjectPtr& object, const char* name) {
    std::vector<std::string> list;
    const json::Value value = json::member(object, name);
    json::ArrayPtr array = json::asArray(value);
    if (array.isNull() && !value.isEmpty())
        throw Refusal{reply::invalidPayload()};
    if (!array.isNull())
        for (const json::Value& item : *array) {
            if (!json::isString(item))
                throw Refusal{reply::invalidPayload()};
            list.push_back(item.convert<std::string>());
        }
    return list;
}

/// What an element of the request asks for. Throws Refusal when it is not of its type at all.
Webhook requested(const Call& call, const std::string& url, const json::Value& value) {
    json::ObjectPtr object = json::asObject(value);
    if (object.isNull() || !json::isString(json::member(object, "jqlFilter")))
        throw Refusal{reply::invalidPayload()};
    call.onlyMembers(object, {"events", "jqlFilter", "fieldIdsFilter", "issuePropertyKeysFilter"});
    Webhook webhook;
    webhook.cloudId = call.site->cloudId;
    webhook.accountId = call.user->accountId;
    webhook.url = url;
    webhook.events = texts(object, "events");
    for (const std::string& name : webhook.events)
        if (eventNames.count(name) == 0)
            throw Refusal{reply::invalidPayload()};
    webhook.jql = json::memberString(object, "jqlFilter");
    webhook.fieldIds = texts(object, "fieldIdsFilter");
    webhook.propertyKeys = texts(object, "issuePropertyKeysFilter");
    webhook.createdMs = call.world().nowMs();
    webhook.expiresMs = webhook.createdMs + lifetimeMs;
    return webhook;
}

/// Why Jira does not register it; empty when it does.
std::string problemOf(const Call& call, const Webhook& webhook) {
    if (webhook.events.empty())
        return "At least one event must be given";
    try {
        const jql::Query query =
            jql::parse(webhook.jql, {call.world(), *call.site, *call.user, restrictFilter});
        if (!query.isBounded())
            return "The JQL filter must not be empty";
        if (!query.order.empty())
            return "The ORDER BY clause is unsupported";
    } catch (const jql::Refused& refused) {
        return refused.message;
    }
    const auto& all = call.world().webhooks().all();
    const auto used = std::count_if(all.begin(), all.end(), [&](const Webhook& other) {
        return other.cloudId == webhook.cloudId && other.accountId == webhook.accountId &&
               other.isLive(webhook.createdMs);
    });
    return used < quota ? "" : "The app has reached the limit of 5 webhooks per user";
}

/// "Only a single URL per app is allowed to be registered", the description says; here that is per site.
bool isOtherAddress(const Call& call, const std::string& url) {
    const auto& all = call.world().webhooks().all();
    return std::any_of(all.begin(), all.end(), [&](const Webhook& other) {
        return other.cloudId == call.site->cloudId && other.url != url && other.isLive(call.world().nowMs());
    });
}

std::vector<std::int64_t> idsIn(const Call& call) {
    json::ObjectPtr body = call.body();
    call.onlyMembers(body, {"webhookIds"});
    json::ArrayPtr list = json::asArray(json::member(body, "webhookIds"));
    if (list.isNull() || list->empty())
        throw Refusal{reply::message(400, "The list of webhook IDs is missing.")};
    std::vector<std::int64_t> ids;
    for (const json::Value& id : *list) {
        if (!json::isInteger(id))
            throw Refusal{reply::invalidPayload()};
        ids.push_back(id.convert<std::int64_t>());
    }
    return ids;
}

json::ArrayPtr arrayOf(const std::vector<std::string>& list) {
    json::ArrayPtr array = json::array();
    for (const std::string& item : list)
        array->add(item);
    return array;
}

/// Filters that were not given are left out. The date is text, as in Atlassian's examples and against the
/// schema beside them.
json::ObjectPtr viewOf(const Webhook& webhook) {
    json::ObjectPtr object = json::object({{"id", webhook.id},
                                           {"jqlFilter", webhook.jql},
                                           {"events", arrayOf(webhook.events)},
                                           {"expirationDate", jiraDateTime(webhook.expiresMs)},
                                           {"url", webhook.url}});
    if (!webhook.fieldIds.empty())
        object->set("fieldIdsFilter", arrayOf(webhook.fieldIds));
    if (!webhook.propertyKeys.empty())
        object->set("issuePropertyKeysFilter", arrayOf(webhook.propertyKeys));
    return object;
}

} // namespace

Response registerWebhooks(Call& call) {
    json::ObjectPtr body = call.body();
    call.onlyMembers(body, {"url", "webhooks"});
    const std::string url = json::memberString(body, "url");
    json::ArrayPtr wanted = json::asArray(json::member(body, "webhooks"));
    if (wanted.isNull() || wanted->empty())
        return reply::invalidPayload();
    if (!isAddress(url))
        return reply::message(400, "The webhook URL must be an absolute URL that uses https.");
    if (isOtherAddress(call, url))
        return reply::message(400, "Only a single URL per app is allowed to be registered.");
    std::vector<Webhook> webhooks;
    for (const json::Value& item : *wanted)
        webhooks.push_back(requested(call, url, item));
    json::ArrayPtr results = json::array();
    for (const Webhook& webhook : webhooks) {
        const std::string problem = problemOf(call, webhook);
        results->add(problem.empty()
                         ? json::object({{"createdWebhookId", call.world().webhooks().add(webhook).id}})
                         : json::object({{"errors", json::array({problem})}}));
    }
    return Response::json(200, json::object({{"webhookRegistrationResult", results}}));
}

Response webhooks(Call& call) {
    const Page page = pageOf(call, 100, 100);
    std::vector<Webhook> list = call.world().webhooks().ofSite(call.site->cloudId);
    list.erase(std::remove_if(list.begin(), list.end(),
                              [&](const Webhook& webhook) {
                                  return call.world().nowMs() > webhook.expiresMs + listedAfterwardsMs;
                              }),
               list.end());
    json::ArrayPtr values = json::array();
    for (const Webhook& webhook : page.cut(list))
        values->add(viewOf(webhook));
    return Response::json(200, pageJson(call, page, list.size(), values, "/webhook"));
}

Response refreshWebhooks(Call& call) {
    const std::int64_t until = call.world().nowMs() + lifetimeMs;
    for (const std::int64_t id : idsIn(call))
        if (Webhook* webhook = call.world().webhooks().find(call.site->cloudId, id))
            webhook->expiresMs = until;
    return Response::json(200, json::object({{"expirationDate", jiraDateTime(until)}}));
}

Response deleteWebhooks(Call& call) {
    for (const std::int64_t id : idsIn(call)) {
        call.world().webhooks().remove(call.site->cloudId, id);
        call.services.deliveries.forget(call.site->cloudId, id);
    }
    return Response::empty(202);
}

} // namespace jira_sim::handle
