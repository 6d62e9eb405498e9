#pragma once

#include "contracts.hpp"

namespace jira_plugin::sync {

/// For parts that run alone: nothing comes from Jira.
class NoInward : public Inward {
public:
    std::vector<Drift> apply(const IssueId&, const jira::IssueState&, const Hint&) override { return {}; }
    std::vector<Drift> applyGone(const IssueId&, Gone, const Hint&) override { return {}; }
    std::vector<Drift> applyComments(const IssueId&, const Hint&) override { return {}; }
    void remember(const IssueId&, const jira::IssueState&) override {}
};

} // namespace jira_plugin::sync
