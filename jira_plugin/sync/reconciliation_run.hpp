#pragma once

#include "known_issue_store.hpp"
#include "orphans.hpp"
#include "reconciliation.hpp"

#include <set>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// The run of one reconciliation, on one thread. Everything that it does may be done twice. Its row is right
/// after each ticket, so that it may end after any.
class Reconciliation::Run {
public:
    Run(Reconciliation& owner, ReconciliationRow row, JobLeases::Lease& lease);

    /// Throws what Jira throws, and Interrupted; what was done until then is stored.
    void go();
    struct Interrupted {};

private:
    void compareAll();
    void searchStrangers();
    void searchChanged();
    void searchLabelled();
    void fetchLinked();
    void lookAtOrphansAgain();
    void finish();

    void takeFound(const std::vector<jira::IssueState>& issues);
    void takeOrphans(const std::vector<jira::IssueState>& issues);
    void takeLinked(const LinkedIssue& linked, const jira::IssueState& now);
    /// Whether it changed in Jira since the last run, as far as is known.
    bool compare(const LinkedIssue& linked, const jira::IssueState& now);
    bool showsComments(const LinkedIssue& issue);
    void takeComments(std::int64_t least);
    void takeCommentsOf(const std::vector<std::string>& ids);
    void takeCommentsOf(const LinkedIssue& issue, const std::string& mark, const std::string& before);
    void forgetOrphan(const std::string& issueId);
    void takeUnlinked(const jira::IssueState& issue);
    void takeGone(const std::string& issueId);
    void note(std::vector<Drift> drifts);
    void giveWay();
    void checkpoint();
    bool save();

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
    std::set<std::string> _unlinked;
    std::set<std::string> _knownOrphans; ///< from earlier runs
};

} // namespace jira_plugin::sync
