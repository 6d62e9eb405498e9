#pragma once

#include "check.hpp"

#include "sync/health.hpp"

/// Pure judgements about hearing of what happens in Jira.
namespace jira_plugin::diagnosis {

constexpr const char* repairWebhook = "repair_webhook";

/// Whether the webhook is in Jira as it should be.
Judgement judgeWebhook(const sync::WebhookHealth& health);
/// Whether what it sends arrives here.
Judgement judgeHearing(const sync::WebhookHealth& health);

} // namespace jira_plugin::diagnosis
