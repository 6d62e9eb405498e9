#pragma once

#include <string>
#include <vector>

#include "hook_receiver.hpp"
#include "sim_client.hpp"

/// Steps of the tests about webhooks.
namespace sim_test {

inline const std::string hookScopes = allScopes + " manage:jira-webhook";

inline void connectWithHooks(Sim& sim) {
    sim.connect(hookScopes);
}

/// POST /webhook with `hooks`, a JSON array.
inline Answer registerHooks(Sim& sim, const std::string& url, const std::string& hooks) {
    return sim.api("POST", "/webhook", R"({"url":")" + url + R"(","webhooks":)" + hooks + "}");
}

/// One webhook for some events.
inline Answer registerHook(Sim& sim, const std::string& url, const std::vector<std::string>& events,
                           const std::string& jql = "project != null", const std::string& more = {}) {
    std::string names;
    for (const std::string& name : events)
        names += (names.empty() ? "\"" : ",\"") + name + "\"";
    return registerHooks(
        sim, url, "[{\"events\":[" + names + "],\"jqlFilter\":" + json::text(json::Value(jql)) + more + "}]");
}

inline std::string hookId(const Answer& answer) {
    return answer.textAt("webhookRegistrationResult.0.createdWebhookId");
}

} // namespace sim_test
