#include "server_webhooks.hpp"

#include "errors.hpp"
#include "json.hpp"
#include "json_writing.hpp"
#include "read_webhook.hpp"

namespace jira_plugin::jira {
namespace {

/// The section of a filter that concerns issues, in the API before 10.0.
constexpr const char* filterSection = "issue-related-events-section";

Webhooks::Kind kindOf(const ServerDialect& dialect) {
    return dialect.isAtLeast(10, 0) ? Webhooks::Kind::SecretSigned : Webhooks::Kind::Unsigned;
}

CallRequest webhookCall(Webhooks::Kind kind, const std::string& method, const std::string& what) {
    const bool isNew = kind == Webhooks::Kind::SecretSigned;
    CallRequest request;
    request.root = isNew ? "/rest/jira-webhook/1.0" : "/rest/webhooks/1.0";
    request.path = isNew ? "/webhooks" : "/webhook";
    request.method = method;
    request.what = what;
    request.topic = Topic::Webhook;
    return request;
}

/// Before 10.0 a webhook names itself by its address alone.
std::string idOf(const Poco::JSON::Object::Ptr& object) {
    const std::string id = json::text(object, "id");
    const std::string self = json::text(object, "self");
    return id.empty() ? self.substr(self.rfind('/') + 1) : id;
}

Webhook readServerWebhook(const Poco::JSON::Object::Ptr& object) {
    Webhook webhook = readWebhook(object);
    webhook.id = idOf(object);
    webhook.jql = json::text(json::object(object, "filters"), filterSection);
    webhook.enabled = json::flag(object, "active", json::flag(object, "enabled", true));
    return webhook;
}

std::string commonMembers(const WebhookOrder& order) {
    return "\"name\":" + json::quoted(order.name) + ",\"url\":" + json::quoted(order.url) +
           ",\"events\":" + textList(order.events);
}

std::string bodyBefore10(const WebhookOrder& order) {
    const std::string filter = order.jql.empty() ? std::string()
                                                 : ",\"filters\":{" + json::quoted(filterSection) + ":" +
                                                       json::quoted(order.jql) + "}";
    return "{" + commonMembers(order) + filter + ",\"excludeBody\":false}";
}

/// The secret belongs into the configuration: beside it Jira passes over it and signs nothing. There is no
/// documented place for a filter.
std::string bodySince10(const WebhookOrder& order) {
    const std::string secret =
        order.secret.empty() ? std::string() : "\"SECRET\":" + json::quoted(order.secret) + ",";
    return "{" + commonMembers(order) + ",\"active\":true,\"scopeType\":\"global\",\"configuration\":{" +
           secret + "\"EXCLUDE_BODY\":\"false\"},\"sslVerificationRequired\":true}";
}

} // namespace

Webhooks::Kind ServerWebhooks::kind() {
    return kindOf(_dialect.current());
}

HttpResponse ServerWebhooks::send(const CallRequest& request) {
    CallRequest asked = request;
    asked.expected.push_back(401);
    HttpResponse response = _call.send(asked);
    if (response.status != 401) {
        return response;
    }
    CallRequest plain;
    plain.path = "/myself";
    plain.what = "see whether Jira still knows the connected account";
    _call.send(plain); // throws when it is the connection that is at fault
    throw Refusal(401,
                  "Trying to " + request.what + " on " + _call.siteName() +
                      ": Jira does not let the connected account do it (401).",
                  remedyFor(401, {}, Topic::Webhook), {});
}

template <class Ask> auto ServerWebhooks::inKnownForm(Ask&& ask) {
    const ServerDialect dialect = _dialect.current();
    const Kind kind = kindOf(dialect);
    try {
        return ask(kind);
    } catch (const Refusal& refusal) {
        if (refusal.status() != 404 || kindOf(_dialect.askAgain(dialect)) == kind) {
            throw;
        }
    }
    return ask(this->kind());
}

std::vector<Webhook> ServerWebhooks::list() {
    return inKnownForm([this](Kind kind) {
        const CallRequest request = webhookCall(kind, "GET", "list the webhooks");
        const auto found = json::parseArray(send(request).body);
        if (!found) {
            _call.throwUnreadable(request); // taken for an empty list, it would add one webhook after another
        }
        std::vector<Webhook> all;
        for (std::size_t i = 0; i < found->size(); ++i) {
            all.push_back(readServerWebhook(json::objectAt(found, i)));
        }
        return withIds(all);
    });
}

std::string ServerWebhooks::add(const WebhookOrder& order) {
    return inKnownForm([&](Kind kind) {
        CallRequest request = webhookCall(kind, "POST", "register the webhook");
        request.body = kind == Kind::SecretSigned ? bodySince10(order) : bodyBefore10(order);
        request.effect = Effect::Creates;
        const std::string id = idOf(json::parseObject(send(request).body));
        if (id.empty()) {
            _call.throwUnreadable(request);
        }
        return id;
    });
}

void ServerWebhooks::remove(const std::vector<std::string>& ids) {
    for (const auto& id : ids) {
        CallRequest request = webhookCall(kind(), "DELETE", "remove a webhook");
        request.path += "/" + segment(id);
        request.effect = Effect::Repeatable;
        request.answersNothing = true;
        request.expected = {404};
        send(request);
    }
}

} // namespace jira_plugin::jira
