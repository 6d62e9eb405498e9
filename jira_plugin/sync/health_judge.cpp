#include "health_judge.hpp"

#include "diagnosis/check.hpp"
#include "webhook_orders.hpp"

#include "connection/encoding.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

using State = WebhookHealth::State;

// A webhook of Cloud is extended every week, so that one this close to its end was not.
constexpr std::int64_t nearExpiryMs = 3LL * 24 * 60 * 60 * 1000;

constexpr const char* repairRemedy =
    "Choose Repair: the webhook is registered anew, and what was missed in the meantime is fetched.";

std::string ofAll(std::size_t count, std::size_t all) {
    return all == 1 ? "The webhook" : std::to_string(count) + " of " + std::to_string(all) + " webhooks";
}

/// One sentence about those that are in one way ill.
std::string sentence(std::size_t count, std::size_t all, const std::string& one, const std::string& many) {
    return ofAll(count, all) + " " + (all == 1 || count == 1 ? one : many);
}

} // namespace

std::optional<Verdict> judgeListing(const std::vector<WebhookRegistration>& registered,
                                    const std::vector<jira::Webhook>& listed, std::int64_t nowMs) {
    std::size_t missing = 0, disabled = 0, expired = 0, expiring = 0;
    std::string wrong;
    for (const auto& registration : registered) {
        const auto webhook = std::find_if(listed.begin(), listed.end(),
                                          [&](const auto& each) { return each.id == registration.id; });
        if (webhook == listed.end()) {
            ++missing;
            continue;
        }
        disabled += webhook->enabled ? 0 : 1;
        const std::int64_t leftMs = webhook->expiresAtMs - nowMs;
        if (webhook->expiresAtMs > 0 && leftMs <= 0)
            ++expired;
        else if (webhook->expiresAtMs > 0 && leftMs < nearExpiryMs)
            ++expiring;
        const bool isSameUrl = connection::sha256Hex(webhook->url) == registration.urlDigest;
        const jira::WebhookOrder order{
            "", isSameUrl ? webhook->url : "", registration.events, registration.jql, {}, ""};
        if (wrong.empty())
            wrong = differenceOf(order, *webhook);
    }
    const std::size_t all = registered.size();
    if (missing > 0)
        return Verdict{State::Missing,
                       sentence(missing, all, "is not in Jira any more", "are not in Jira any more") +
                           ": it was deleted there, or ended with the grant of the user who connected Jira. "
                           "Changes in Jira are not heard of at once.",
                       repairRemedy};
    if (disabled > 0)
        return Verdict{
            State::Disabled, sentence(disabled, all, "is switched off in Jira.", "are switched off in Jira."),
            "Switch it on in Jira, or choose Repair: it is registered anew, and what was missed is "
            "fetched."};
    if (expired > 0)
        return Verdict{State::Expired,
                       sentence(expired, all, "has expired: Jira sends nothing any more.",
                                "have expired: Jira sends nothing any more."),
                       repairRemedy};
    if (!wrong.empty())
        return Verdict{State::Wrong, "The webhook was changed in Jira. " + wrong, repairRemedy};
    if (expiring > 0)
        return Verdict{State::Expired,
                       sentence(expiring, all, "expires within three days and could not be extended.",
                                "expire within three days and could not be extended."),
                       repairRemedy};
    return std::nullopt;
}

Verdict deaf(const std::string& what, std::int64_t changedAtMs) {
    return {State::Deaf,
            "The webhook is registered, but " + what + " at " + diagnosis::utcText(changedAtMs) +
                " was not heard of within " + std::to_string(patienceMs / 60'000) + " minutes.",
            "Verify that this platform's webhook address can be reached from Jira (firewall, reverse proxy, "
            "certificate), then choose Repair."};
}

Verdict healthy() {
    return {State::Healthy, "Changes in Jira arrive here.", ""};
}

} // namespace jira_plugin::sync
