#pragma once

#include "contracts.hpp"
#include "occasion.hpp"
#include "outward_parts.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace jira_plugin::sync {

/// Outward over the durable queue: what follows from changes is written there, and a worker takes it to Jira.
class QueuedOutward : public Outward {
public:
    /// parts: borrowed, outlives this. wake: called when something was queued.
    QueuedOutward(OutwardParts& parts, std::function<void()> wake) : _parts(parts), _wake(std::move(wake)) {}

    /// Throws store::StoreError; the host then tells it again.
    void findingChanged(const host::FindingChange& change) override;
    /// Asks Jira for what the mapping needs at most, and throws what that throws.
    std::vector<Drift> align(const host::Finding& finding, const IssueId& issue,
                             const jira::IssueState& now) override;

private:
    bool mayHaveTicket(const std::string& organisation, const std::string& finding);
    store::OutwardTask taskOf(const host::FindingChange& change, const Arisen& arisen) const;
    std::optional<Drift> alignStatus(const host::Finding& finding, const IssueId& issue,
                                     const jira::IssueState& now);
    std::vector<Drift> alignFields(const host::Finding& finding, const IssueId& issue,
                                   const jira::IssueState& now);

    OutwardParts& _parts;
    const std::function<void()> _wake;
};

} // namespace jira_plugin::sync
