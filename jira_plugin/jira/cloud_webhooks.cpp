#include "cloud_webhooks.hpp"

#include "error_body.hpp"
#include "errors.hpp"
#include "jira_time.hpp"
#include "json.hpp"
#include "json_writing.hpp"
#include "read_metadata.hpp"
#include "read_webhook.hpp"

#include <algorithm>

#include <Poco/Ascii.h>

namespace jira_plugin::jira {
namespace {

constexpr int listPage = 100;

CallRequest webhookCall(const std::string& method, const std::string& path, const std::string& what) {
    CallRequest request;
    request.method = method;
    request.path = path;
    request.what = what;
    request.scope = "manage:jira-webhook";
    request.topic = Topic::Webhook;
    return request;
}

Webhook readDynamic(const Poco::JSON::Object::Ptr& object) {
    Webhook webhook = readWebhook(object);
    webhook.jql = json::text(object, "jqlFilter");
    webhook.expiresAtMs = timeFromJira(json::text(object, "expirationDate")); // a number, or an ISO text
    return webhook;
}

std::string bodyOf(const WebhookOrder& order) {
    const std::string properties = order.propertyKeys.empty()
                                       ? std::string()
                                       : ",\"issuePropertyKeysFilter\":" + textList(order.propertyKeys);
    return "{\"url\":" + json::quoted(order.url) + ",\"webhooks\":[{\"events\":" + textList(order.events) +
           ",\"jqlFilter\":" + json::quoted(order.jql) + properties + "}]}";
}

/// Ids are numbers on Cloud; another one cannot be an id of ours.
std::string bodyOf(const std::vector<std::string>& ids) {
    std::string numbers;
    for (const auto& id : ids) {
        if (!id.empty() &&
            std::all_of(id.begin(), id.end(), [](char c) { return Poco::Ascii::isDigit(c); })) {
            json::appendElement(numbers, id);
        }
    }
    return numbers.empty() ? std::string() : "{\"webhookIds\":[" + numbers + "]}";
}

} // namespace

std::vector<Webhook> CloudWebhooks::list() {
    CallRequest request = webhookCall("GET", {}, "list this app's webhooks");
    const auto all = readAllPages<Webhook>(
        [&](std::int64_t startAt) {
            request.path = "/webhook" + queryString({{"startAt", std::to_string(startAt)},
                                                     {"maxResults", std::to_string(listPage)}});
            auto page = _call.object(request);
            if (!json::array(page, "values")) {
                _call.throwUnreadable(
                    request); // taken for an empty list, it would add one webhook after another
            }
            return page;
        },
        {"values"}, &readDynamic);
    return withIds(all);
}

std::string CloudWebhooks::add(const WebhookOrder& order) {
    CallRequest request = webhookCall("POST", "/webhook", "register the webhook");
    request.body = bodyOf(order);
    request.effect = Effect::Creates;
    const auto results = json::array(_call.object(request), "webhookRegistrationResult");
    const auto result = results ? json::objectAt(results, 0) : Poco::JSON::Object::Ptr();
    const std::string id = json::text(result, "createdWebhookId");
    if (!id.empty()) {
        return id;
    }
    const std::string words = wordsOf(json::array(result, "errors"));
    if (words.empty()) {
        _call.throwUnreadable(request);
    }
    throw Refusal(
        400, "Trying to " + request.what + " on " + _call.siteName() + ": Jira refused: " + words,
        "If it speaks of a number, remove webhooks of this app that nobody needs. If it speaks of the "
        "address, the platform operator must set the one address of this app. If it speaks of the "
        "filter, check that the mapped projects still exist.",
        {});
}

std::int64_t CloudWebhooks::refresh(const std::vector<std::string>& ids) {
    CallRequest request = webhookCall("PUT", "/webhook/refresh", "extend the life of the webhook");
    request.body = bodyOf(ids);
    request.effect = Effect::Repeatable;
    if (request.body.empty()) {
        return 0;
    }
    const std::int64_t until = timeFromJira(json::text(_call.object(request), "expirationDate"));
    if (until == 0) {
        _call.throwUnreadable(request);
    }
    return until;
}

void CloudWebhooks::remove(const std::vector<std::string>& ids) {
    CallRequest request = webhookCall("DELETE", "/webhook", "remove webhooks");
    request.body = bodyOf(ids);
    request.effect = Effect::Repeatable;
    request.answersNothing = true;
    if (!request.body.empty()) {
        _call.send(request);
    }
}

} // namespace jira_plugin::jira
