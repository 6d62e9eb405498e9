#pragma once

#include "rest_call.hpp"
#include "webhooks.hpp"

namespace jira_plugin::jira {

/// The dynamic webhooks of this app on one site. call: outlives it.
/// Source: developer.atlassian.com, REST v3, "Webhooks".
class CloudWebhooks : public Webhooks {
public:
    explicit CloudWebhooks(RestCall& call) : _call(call) {}

    Kind kind() override { return Kind::Dynamic; }
    std::vector<Webhook> list() override;
    std::string add(const WebhookOrder& order) override;
    std::int64_t refresh(const std::vector<std::string>& ids) override;
    void remove(const std::vector<std::string>& ids) override;

private:
    RestCall& _call;
};

} // namespace jira_plugin::jira
