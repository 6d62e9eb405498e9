#include "inward_verdict.hpp"

#include "mapping/text.hpp"

namespace jira_plugin::sync {
namespace {

using host::FindingStatus;

std::optional<FindingStatus> named(const SyncSettings& settings, const jira::Named& resolution) {
    if (settings.onClose != ClosePolicy::ByResolution)
        return std::nullopt;
    for (const std::string& name : {resolution.id, mapping::lowerAscii(resolution.name)})
        if (const auto found = settings.byResolution.find(name);
            !name.empty() && found != settings.byResolution.end())
            return found->second;
    return std::nullopt;
}

} // namespace

std::optional<FindingStatus> whenClosed(const SyncSettings& settings, const jira::Named& resolution,
                                        FindingStatus now) {
    const auto byResolution = named(settings, resolution);
    std::optional<FindingStatus> wanted;
    switch (now) {
    case FindingStatus::Open:
    case FindingStatus::AwaitingScan:
        wanted = byResolution                                   ? *byResolution
                 : settings.onClose == ClosePolicy::WaitForScan ? FindingStatus::AwaitingScan
                                                                : FindingStatus::Resolved;
        break;
    case FindingStatus::Accepted:
    case FindingStatus::FalsePositive:
        wanted = byResolution;
        break;
    case FindingStatus::Resolved:
    case FindingStatus::NotFound:
        break;
    }
    return wanted == now ? std::nullopt : wanted;
}

std::optional<FindingStatus> whenReopened(FindingStatus now, bool isVerdict, bool isShared) {
    switch (now) {
    case FindingStatus::Resolved:
    case FindingStatus::AwaitingScan:
        return FindingStatus::Open;
    case FindingStatus::NotFound:
        return isShared ? std::nullopt : std::optional<FindingStatus>(FindingStatus::Open);
    case FindingStatus::Accepted:
    case FindingStatus::FalsePositive:
        return isVerdict ? std::optional<FindingStatus>(FindingStatus::Open) : std::nullopt;
    case FindingStatus::Open:
        break;
    }
    return std::nullopt;
}

} // namespace jira_plugin::sync
