#include "judge_webhook.hpp"

namespace jira_plugin::diagnosis {
namespace {

using State = sync::WebhookHealth::State;

std::string registered(const sync::WebhookHealth& health) {
    if (health.ids.empty())
        return "No webhook of this platform is known in Jira.";
    std::string text = countText(static_cast<std::int64_t>(health.ids.size()), "webhook") + " in Jira:";
    for (const auto& id : health.ids)
        text += (id == health.ids.front() ? " " : ", ") + id;
    return text + (health.expiresAtMs > 0 ? "; good until " + utcText(health.expiresAtMs) + "." : ".");
}

std::string heard(const sync::WebhookHealth& health) {
    if (health.heardAtMs == 0)
        return "Nothing was heard of Jira yet.";
    return "Jira was last heard of at " + utcText(health.heardAtMs) +
           (health.delayMs >= 0 ? "; the last test took " + std::to_string(health.delayMs) + " ms." : ".");
}

Judgement ill(const sync::WebhookHealth& health, std::string evidence, CheckState state) {
    return {state, std::move(evidence), health.message, health.remedy,
            health.isRepairable ? std::optional<Fix>(Fix{repairWebhook, "Repair"}) : std::nullopt};
}

} // namespace

Judgement judgeWebhook(const sync::WebhookHealth& health) {
    switch (health.state) {
    case State::Off:
        return skipped(health.message);
    case State::Registering:
    case State::Manual:
        return ill(health, registered(health), CheckState::Warning);
    case State::Refused:
    case State::Missing:
    case State::Disabled:
    case State::Expired:
    case State::Wrong:
        return ill(health, registered(health), CheckState::Failed);
    default:
        return ok(registered(health));
    }
}

Judgement judgeHearing(const sync::WebhookHealth& health) {
    switch (health.state) {
    case State::Healthy:
        return ok(heard(health));
    case State::Deaf:
        return ill(health, heard(health), CheckState::Failed);
    case State::Unproven:
        return skipped(heard(health) +
                       " Any change of a ticket in a mapped project proves it: send a test ticket or "
                       "comment on a ticket, and run this check again in a minute.");
    default:
        return skipped(heard(health));
    }
}

} // namespace jira_plugin::diagnosis
