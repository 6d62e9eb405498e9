#pragma once

#include "reconciliation_store.hpp"
#include "upkeep_parts.hpp"

#include "jira/issue_state.hpp"

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace jira_plugin::sync {

/// Tells which tickets carry a label of ours and are no finding's.
class Orphans {
public:
    Orphans(UpkeepParts& parts, ReconciliationStore& store, std::string organisation, std::string system);

    /// The labels that all our tickets carry, without those made from a finding.
    const std::vector<std::string>& labels() const { return _labels; }

    using Orphan = ReconciliationReport::Orphan;
    using Double = ReconciliationReport::Double;
    /// An issue that no finding is linked to. Nothing when it is none of ours, its ticket is on its way, or a
    /// person parted it from its finding.
    std::variant<std::monostate, Orphan, Double> judge(const jira::IssueState& issue, const JiraSide& jira);

private:
    bool isAnOthers(const std::string& label);

    UpkeepParts& _parts;
    ReconciliationStore& _store;
    const std::string _organisation;
    const std::set<std::string> _formers; ///< ids of issues
    std::vector<std::string> _labels;
    std::vector<std::string> _neighbours; ///< other organisations in this Jira
};

} // namespace jira_plugin::sync
