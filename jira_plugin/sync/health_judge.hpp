#pragma once

#include "webhook_store.hpp"
#include "webhook_verdicts.hpp"

#include "jira/webhooks.hpp"

#include <cstdint>
#include <optional>
#include <vector>

/// Pure judgements about a webhook.
namespace jira_plugin::sync {

/// How long a change may take to be heard of. Jira Cloud delivers within half a minute, or within a quarter
/// of an hour when it is busy, and after a failure tries again within another. Source:
/// developer.atlassian.com, "Webhooks".
constexpr std::int64_t patienceMs = 20LL * 60 * 1000;

/// What is wrong with those that Jira lists, against what was registered; nothing when all is as it was.
std::optional<Verdict> judgeListing(const std::vector<WebhookRegistration>& registered,
                                    const std::vector<jira::Webhook>& listed, std::int64_t nowMs);

/// The verdict when nothing of ours arrives that should have. what: the change that was not heard of.
Verdict deaf(const std::string& what, std::int64_t changedAtMs);
Verdict healthy();

} // namespace jira_plugin::sync
