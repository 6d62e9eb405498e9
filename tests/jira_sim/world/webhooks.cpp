#include "world/webhooks.hpp"

#include <algorithm>
#include <iterator>

namespace jira_sim {

Webhook& Webhooks::add(Webhook webhook) {
    // Ids of different sites overlap on the real Jira as well; the offset only tells them apart in logs.
    auto next = _nextId.find(webhook.cloudId);
    if (next == _nextId.end())
        next =
            _nextId.emplace(webhook.cloudId, 1000 + 1000 * static_cast<std::int64_t>(_nextId.size())).first;
    webhook.id = next->second++;
    _all.push_back(std::move(webhook));
    return _all.back();
}

Webhook* Webhooks::find(const std::string& cloudId, std::int64_t id) {
    for (Webhook& candidate : _all)
        if (candidate.cloudId == cloudId && candidate.id == id)
            return &candidate;
    return nullptr;
}

bool Webhooks::remove(const std::string& cloudId, std::int64_t id) {
    const auto end = std::remove_if(_all.begin(), _all.end(), [&](const Webhook& candidate) {
        return candidate.cloudId == cloudId && candidate.id == id;
    });
    const bool found = end != _all.end();
    _all.erase(end, _all.end());
    return found;
}

std::vector<Webhook> Webhooks::ofSite(const std::string& cloudId) const {
    std::vector<Webhook> list;
    std::copy_if(_all.begin(), _all.end(), std::back_inserter(list),
                 [&](const Webhook& webhook) { return webhook.cloudId == cloudId; });
    return list;
}

} // namespace jira_sim
