#include "world/issue_store.hpp"

#include <algorithm>
#include <cctype>

#include <Poco/String.h>

namespace jira_sim {

void IssueStore::put(const Issue& issue, std::int64_t nowMs, std::int64_t delayMs) {
    auto version = std::make_shared<const Issue>(issue);
    _current[issue.id] = version;
    _keys[issue.key] = issue.id; // a former key keeps resolving
    if (issue.archived)
        version = nullptr; // searches do not find it
    _pending.push_back({nowMs + delayMs, issue.id, std::move(version)});
}

void IssueStore::erase(std::int64_t id, std::int64_t nowMs, std::int64_t delayMs) {
    _current.erase(id);
    _pending.push_back({nowMs + delayMs, id, nullptr});
}

IssuePtr IssueStore::find(std::int64_t id) const {
    const auto found = _current.find(id);
    return found == _current.end() ? nullptr : found->second;
}

IssuePtr IssueStore::find(const std::string& idOrKey) const {
    const bool numeric = !idOrKey.empty() && idOrKey.size() < 18 &&
                         std::all_of(idOrKey.begin(), idOrKey.end(),
                                     [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
    if (numeric)
        return find(static_cast<std::int64_t>(std::stoll(idOrKey)));
    const auto found = _keys.find(Poco::toUpper(idOrKey));
    return found == _keys.end() ? nullptr : find(found->second);
}

const IssueStore::Map& IssueStore::indexed(std::int64_t nowMs) {
    // The delay may have been shortened meanwhile, so the queue is not ordered by due time across issues;
    // it is ordered per issue, and an older version must never replace a newer one.
    std::deque<Pending> waiting;
    for (Pending& entry : _pending) {
        if (entry.dueMs > nowMs) {
            waiting.push_back(std::move(entry));
            continue;
        }
        waiting.erase(std::remove_if(waiting.begin(), waiting.end(),
                                     [&](const Pending& older) { return older.id == entry.id; }),
                      waiting.end());
        if (entry.version)
            _indexed[entry.id] = std::move(entry.version);
        else
            _indexed.erase(entry.id);
    }
    _pending = std::move(waiting);
    return _indexed;
}

} // namespace jira_sim
