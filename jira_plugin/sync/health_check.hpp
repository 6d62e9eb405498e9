#pragma once

#include "health_judge.hpp"
#include "webhook_keeper.hpp"
#include "webhook_lookup.hpp"

#include <string>

namespace jira_plugin::sync {

/// Finds out whether webhooks hear: looks at them in Jira, and makes a change that is to be heard of. Safe
/// from any thread.
class HealthCheck {
public:
    HealthCheck(UpkeepParts& parts, WebhookVerdicts& verdicts, WebhookKeeper& keeper)
        : _parts(parts), _verdicts(verdicts), _keeper(keeper) {}

    /// Looks and judges, and sends a canary where that goes unseen. Throws the types of jira/errors.hpp.
    void run(const std::string& organisation);
    /// A change of a property on a ticket that was linked lately; people do not see it. False when there is
    /// no ticket to use, or this Jira tells nobody of properties.
    bool sendCanary(const std::string& organisation);

    /// Judges the canaries that were given their time. Answers when the next one is due; -1: none.
    std::int64_t judgeCanaries();
    /// What arrived at this host.
    void heard(const std::string& organisation, const WebhookLookup::News& news);

    /// A change in a Data Center that was found by comparing. Without a canary it tells of a deaf webhook
    /// once the time in which it should have been heard of is over.
    void missed(const std::string& organisation, const std::string& issueKey, std::int64_t changedAtMs);

private:
    bool looksWell(const std::string& organisation, const JiraSide& jira, const WebhookRow& row);
    void judgeByTickets(const std::string& organisation);

    UpkeepParts& _parts;
    WebhookVerdicts& _verdicts;
    WebhookKeeper& _keeper;
};

} // namespace jira_plugin::sync
