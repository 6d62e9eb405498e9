#pragma once

#include "upkeep_parts.hpp"
#include "webhook_verdicts.hpp"

#include <memory>
#include <optional>
#include <string>

namespace jira_plugin::sync {

/// Keeps the webhooks of every organisation registered in its Jira: as the mapping needs them, before they
/// expire, and gone when the connection ends. One thread at a time does it for an organisation. Safe from any
/// thread.
class WebhookKeeper {
public:
    WebhookKeeper(UpkeepParts& parts, WebhookVerdicts& verdicts) : _parts(parts), _verdicts(verdicts) {}

    enum class How {
        Keep,   ///< what is right stays
        Renew,  ///< all is registered anew
        NewKeys ///< the same, with a new URL and secret on Data Center
    };
    /// Brings what Jira has into line and gives the verdict. False when somebody else is at it. Throws the
    /// types of jira/errors.hpp for what may pass; what a person must change is a verdict.
    bool settle(const std::string& organisation, How how);

    /// The same without throwing; what may pass is tried again later.
    void settleSoon(const std::string& organisation);
    /// Those whose time to try again has come.
    std::vector<std::string> due();

    /// Removes the webhooks in Jira as well as that goes, and forgets secrets and all. Waits some seconds for
    /// a settle under way.
    void farewell(const std::string& organisation);

    /// What should be registered now. Looks at the store only.
    std::vector<jira::WebhookOrder> orders(const WebhookRow& row, jira::Webhooks::Kind kind);
    std::optional<ManualSetup> manualSetup(const std::string& organisation);

    /// The beginning that all our URLs of this organisation have on Data Center.
    std::string serverRoute(const std::string& organisation);

private:
    std::unique_ptr<JobLeases::Lease> waitForLease(const std::string& organisation);
    void settleHeld(const std::string& organisation, How how);
    void tryLater(const std::string& organisation, const std::string& cause, const std::string& remedy,
                  std::int64_t afterMs);
    bool isRenewing(const WebhookRow& row, jira::Webhooks::Kind kind);
    WebhookRow withKeys(WebhookRow row, jira::Webhooks::Kind kind, How how);
    std::string url(const WebhookRow& row, jira::Webhooks::Kind kind);
    Verdict manual() const;

    UpkeepParts& _parts;
    WebhookVerdicts& _verdicts;
};

} // namespace jira_plugin::sync
