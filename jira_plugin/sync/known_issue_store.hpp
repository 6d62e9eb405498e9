#pragma once

#include "contracts.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::sync {

/// A linked issue as it was when its findings were brought into line with it.
struct KnownIssue {
    jira::IssueState state;
    std::optional<Gone> gone;  ///< it could not be read any more
    std::int64_t turns = 0;    ///< how often it was closed or reopened in Jira
    bool isTurning = false;    ///< its findings may not have been told of the last turn
    std::int64_t revision = 0; ///< 0: not stored yet
};

/// The last known states of linked issues, and what findings show and are because of them. Safe from any
/// thread and from several processes. Throws store::StoreError.
class KnownIssueStore {
public:
    explicit KnownIssueStore(store::Database& database) : _database(database) {}

    std::optional<KnownIssue> find(const IssueId& issue);
    /// Writes it on the revision that it was read with. False when another one has written since: nothing
    /// was done.
    bool write(const IssueId& issue, const KnownIssue& known);

    /// The status that a finding has because of its ticket; nothing when a person or a scan decided.
    std::optional<host::FindingStatus> verdict(const std::string& organisation, const std::string& finding);
    void setVerdict(const std::string& organisation, const std::string& finding,
                    std::optional<host::FindingStatus> status);

    /// Digests of the comments of this issue that a finding's timeline shows, by comment id.
    std::map<std::string, std::string> shownComments(const IssueId& issue, const std::string& finding);
    void setShownComments(const IssueId& issue, const std::string& finding,
                          const std::map<std::string, std::string>& digests);
    void removeShownComment(const IssueId& issue, const std::string& finding, const std::string& comment);

private:
    store::Database& _database;
};

} // namespace jira_plugin::sync
