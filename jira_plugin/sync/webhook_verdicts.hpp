#pragma once

#include "upkeep_parts.hpp"

#include <mutex>
#include <string>

namespace jira_plugin::sync {

/// What was found out about a webhook.
struct Verdict {
    WebhookHealth::State state = WebhookHealth::State::Off;
    std::string message;
    std::string remedy;
};

/// Keeps the verdict on each webhook, and the admins' alerts in line with it: one for each cause, which goes
/// with its cause. Safe from any thread.
class WebhookVerdicts {
public:
    explicit WebhookVerdicts(UpkeepParts& parts) : _parts(parts) {}

    /// Does nothing when the organisation has no webhook row.
    void set(const std::string& organisation, const Verdict& verdict);
    /// No alert stands for an organisation that is not connected.
    void clearAlerts(const std::string& organisation);

private:
    void alert(const WebhookRow& row);

    UpkeepParts& _parts;
    std::mutex _mutex; ///< two that found the same raise one alert
};

} // namespace jira_plugin::sync
