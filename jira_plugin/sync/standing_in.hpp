#pragma once

#include "webhook_directory.hpp"

namespace jira_plugin::sync {

/// No webhook is registered: every delivery is refused as unknown.
class NoWebhooks : public WebhookDirectory {
public:
    std::optional<Addressee> byPathToken(const std::string&, const std::string&) override { return {}; }
    std::vector<Addressee> byWebhook(const std::vector<std::string>&, const std::string&) override {
        return {};
    }
    void heard(const Heard&) noexcept override {}
};

} // namespace jira_plugin::sync
