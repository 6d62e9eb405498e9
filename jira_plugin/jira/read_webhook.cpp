#include "read_webhook.hpp"

#include "error_body.hpp"
#include "json.hpp"
#include "json_writing.hpp"

#include <algorithm>

namespace jira_plugin::jira {

Webhook readWebhook(const Poco::JSON::Object::Ptr& object) {
    Webhook webhook;
    webhook.id = json::text(object, "id");
    webhook.url = json::text(object, "url");
    const auto events = json::array(object, "events");
    for (std::size_t i = 0; events && i < events->size(); ++i) {
        webhook.events.push_back(json::textOf(events->get(static_cast<unsigned>(i))));
    }
    return webhook;
}

std::vector<Webhook> withIds(std::vector<Webhook> webhooks) {
    webhooks.erase(std::remove_if(webhooks.begin(), webhooks.end(),
                                  [](const Webhook& webhook) { return webhook.id.empty(); }),
                   webhooks.end());
    return webhooks;
}

std::string textList(const std::vector<std::string>& texts) {
    std::string elements;
    for (const auto& text : texts) {
        json::appendElement(elements, json::quoted(text));
    }
    return "[" + elements + "]";
}

std::string wordsOf(const Poco::JSON::Array::Ptr& errors) {
    if (!errors) {
        return {};
    }
    Poco::JSON::Object::Ptr messages(new Poco::JSON::Object);
    messages->set("errorMessages", errors);
    return readErrorObject(messages).text();
}

} // namespace jira_plugin::jira
