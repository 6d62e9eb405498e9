#include "judge_network.hpp"

#include <cstdlib>

namespace jira_plugin::diagnosis {
namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t fewDays = 14;
constexpr std::int64_t uneasySkewMs = 60'000;
constexpr std::int64_t wrongSkewMs = 300'000;

std::int64_t daysLeft(const TlsFacts& facts, std::int64_t nowMs) {
    return (facts.notAfterMs - nowMs) / dayMs;
}

std::string evidenceOf(const TlsFacts& facts, std::int64_t nowMs) {
    if (!facts.cause.empty())
        return facts.server + ": " + (facts.refused.empty() ? "no handshake" : "refused " + facts.refused);
    if (facts.subject.empty() && facts.notAfterMs == 0)
        return facts.server + ": no TLS, as configured";
    return facts.server + ": " + facts.subject + ", issued by " + facts.issuer + ", " +
           countText(daysLeft(facts, nowMs), "day") + " left";
}

} // namespace

Judgement judgeTls(const std::vector<TlsFacts>& servers, std::int64_t nowMs) {
    Judgement judgement;
    for (const auto& facts : servers) {
        judgement.evidence += (judgement.evidence.empty() ? "" : "; ") + evidenceOf(facts, nowMs);
        if (judgement.state == CheckState::Failed)
            continue;
        if (!facts.cause.empty()) {
            judgement.state = CheckState::Failed;
            judgement.cause = facts.cause;
            judgement.remedy = facts.remedy;
        } else if (facts.notAfterMs != 0 && daysLeft(facts, nowMs) < fewDays) {
            judgement.state = CheckState::Warning;
            judgement.cause =
                "The certificate of " + facts.server + " ends on " + utcText(facts.notAfterMs) + ".";
            judgement.remedy =
                "Whoever runs that server (or the proxy before it) should renew it in time; if the "
                "date looks wrong, check this machine's clock.";
        }
    }
    return judgement;
}

Judgement judgeClock(std::int64_t nowMs, std::int64_t serverMs, const std::string& server) {
    if (serverMs == 0)
        return skipped(server + " did not say what time it is.");
    const std::int64_t skew = nowMs - serverMs;
    Judgement judgement = ok("Here " + utcText(nowMs) + ", at " + server + " " + utcText(serverMs) + ".");
    if (std::abs(skew) <= uneasySkewMs)
        return judgement;
    judgement.state = std::abs(skew) > wrongSkewMs ? CheckState::Failed : CheckState::Warning;
    judgement.cause = "This platform's clock is " + countText(std::abs(skew) / 60'000, "minute") +
                      (skew > 0 ? " ahead." : " behind.");
    judgement.remedy =
        "Have the platform operator set the clock by NTP: tokens, due dates and certificates are "
        "judged by it.";
    return judgement;
}

} // namespace jira_plugin::diagnosis
