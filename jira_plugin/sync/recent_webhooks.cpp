#include "recent_webhooks.hpp"

namespace jira_plugin::sync {
namespace {

constexpr std::int64_t keptMs = 1'000;
constexpr std::size_t mostKept = 256;

} // namespace

std::vector<Addressee> RecentWebhooks::byWebhook(const std::vector<std::string>& webhookIds,
                                                 const std::string& siteHost) {
    const std::int64_t now = _nowMs();
    Question question{siteHost, webhookIds};
    std::uint64_t changes = 0;
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        const auto found = _known.find(question);
        if (found != _known.end() && now >= found->second.atMs && now - found->second.atMs < keptMs)
            return found->second.addressees;
        changes = _changes;
    }
    auto addressees = _webhooks.byWebhook(webhookIds, siteHost);
    const std::lock_guard<std::mutex> lock(_mutex);
    if (addressees.empty() || changes != _changes)
        return addressees;
    if (_known.size() >= mostKept)
        _known.clear();
    _known[std::move(question)] = {addressees, now};
    return addressees;
}

void RecentWebhooks::forget() {
    const std::lock_guard<std::mutex> lock(_mutex);
    _known.clear();
    ++_changes;
}

} // namespace jira_plugin::sync
