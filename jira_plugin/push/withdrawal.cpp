#include "withdrawal.hpp"

#include "host/services.hpp"

namespace jira_plugin::push {

const char* settledBecause(host::FindingStatus status) {
    switch (status) {
    case host::FindingStatus::Resolved:
        return "it was resolved";
    case host::FindingStatus::Accepted:
        return "its risk was accepted";
    case host::FindingStatus::FalsePositive:
        return "it was marked as a false positive";
    case host::FindingStatus::NotFound:
        return "the scanner no longer reports it";
    case host::FindingStatus::Open:
    case host::FindingStatus::AwaitingScan:
        return nullptr;
    }
    return nullptr;
}

void tellWithdrawn(const host::Services& services, const host::Finding& finding) {
    const char* settled = settledBecause(finding.status);
    if (settled == nullptr)
        return;
    const std::string message =
        std::string("No ticket was created: ") + settled + " while it waited for Jira.";
    services.findings.reportPush(finding.organisation, finding.id, host::PushState::None, message, {},
                                 nullptr);
    host::TimelineEntry entry;
    entry.key = "jira.push";
    entry.text = message;
    services.findings.appendTimeline(finding.organisation, finding.id, entry);
}

} // namespace jira_plugin::push
