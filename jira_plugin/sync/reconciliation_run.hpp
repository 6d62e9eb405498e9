#pragma once

#include "known_issue_store.hpp"
#include "orphans.hpp"
#include "reconciliation.hpp"

#include <set>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// The run of one reconciliation, on one thread. Everything that it does may be done twice.
class Reconciliation::Run {
public:
    Run(Reconciliation& owner, ReconciliationRow row, JobLeases::Lease& lease);

    /// Throws what Jira throws, and Interrupted; what was done until then is stored.
    void go();
    struct Interrupted {};

private:
    void searchChanged();
    void searchLabelled();
    void fetchLinked();
    void lookAtOrphansAgain();
    void finish();

    void takeFound(const std::vector<jira::IssueState>& issues);
    void take(const std::vector<jira::IssueState>& issues);
    static const LinkedIssue* linkOf(const jira::IssueState& issue, const std::vector<LinkedIssue>& linked);
    /// Whether it changed in Jira since the last run, as far as is known.
    bool compare(const LinkedIssue& linked, const jira::IssueState& now);
    bool showsComments(const LinkedIssue& issue);
    void takeComments();
    void takeComments(const std::vector<LinkedIssue>& changed);
    void forgetOrphan(const std::string& issueId);
    void takeUnlinked(const jira::IssueState& issue);
    void takeGone(const std::string& issueId);
    void note(std::vector<Drift> drifts);
    void checkpoint();

    Reconciliation& _owner;
    UpkeepParts& _parts;
    ReconciliationRow _row;
    JobLeases::Lease& _lease;
    const JiraSide _jira;
    KnownIssueStore _known;
    Orphans _orphans;
    const std::vector<std::string> _projects;
    const std::int64_t _linkedCount;
    Hint _hint;
    std::set<std::string> _seen;
    std::vector<LinkedIssue> _changed; ///< whose comments are to be looked at
    std::set<std::string> _unlinked;
    std::set<std::string> _knownOrphans; ///< from earlier runs
};

} // namespace jira_plugin::sync
