#pragma once

#include <deque>
#include <map>
#include <string>

#include "world/model.hpp"

namespace jira_sim {

/// The issues of one site and the search index over them.
///
/// Issues are immutable; a change puts a new version. The index receives a version only after the delay,
/// so a search may miss a new issue, show an old state or still find a deleted one, as on Jira Cloud.
/// Not synchronised: guarded by the world's mutex.
class IssueStore {
public:
    using Map = std::map<std::int64_t, IssuePtr>;

    /// Stores a version; it becomes searchable `delayMs` later.
    void put(const Issue& issue, std::int64_t nowMs, std::int64_t delayMs);
    void erase(std::int64_t id, std::int64_t nowMs, std::int64_t delayMs);

    /// By numeric id or by key (any case); null when there is none.
    IssuePtr find(const std::string& idOrKey) const;
    IssuePtr find(std::int64_t id) const;
    const Map& all() const { return _current; }
    /// What a search sees now.
    const Map& indexed(std::int64_t nowMs);

private:
    struct Pending {
        std::int64_t dueMs, id;
        IssuePtr version; ///< null: deleted
    };

    Map _current, _indexed;
    std::map<std::string, std::int64_t> _keys;
    std::deque<Pending> _pending;
};

} // namespace jira_sim
