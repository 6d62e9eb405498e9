#pragma once

#include "reconciliation_report.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::sync {

/// Where the comparison of an organisation's tickets stands.
struct ReconciliationRow {
    std::string organisation;
    std::string system;
    std::string cursor;              ///< while one runs: the issue that it goes on after
    std::vector<std::string> unread; ///< while one runs: changed issues whose comments are to be read
    std::int64_t succeededAtMs = 0;  ///< when the last one that came to its end began; 0: none did
    ReconciliationReport report;
};

/// An issue that findings are linked to.
struct LinkedIssue {
    std::string id;
    std::string key;
    std::int64_t linkedAtMs = 0; ///< the first of them
    std::vector<std::string> findings;
};

/// The finding that was pushed with a label.
struct Labelled {
    std::string finding;
    bool isUnderWay = false; ///< it is being created, or looked up, at this moment
    std::string issueKey;    ///< of its ticket; empty: it has none
};

/// The reconciliation tables, and the links as a reconciliation needs them. Safe from any thread; throws
/// store::StoreError.
class ReconciliationStore {
public:
    explicit ReconciliationStore(store::Database& database) : _database(database) {}

    std::optional<ReconciliationRow> load(const std::string& organisation);
    void save(const ReconciliationRow& row);
    /// Organisations with one that was begun and is not over.
    std::vector<std::string> unfinished();

    /// In the order of their ids, after one.
    std::vector<LinkedIssue> linkedIssues(const std::string& organisation, const std::string& system,
                                          const std::string& afterId, std::int64_t most);
    /// The findings of these issues, by issue.
    std::vector<LinkedIssue> linked(const std::string& organisation, const std::string& system,
                                    const std::vector<std::string>& issueIds);
    std::int64_t countLinked(const std::string& organisation, const std::string& system);
    std::optional<Labelled> labelled(const std::string& organisation, const std::string& label);
    /// Ids of the issues that persons parted from their findings.
    std::set<std::string> formers(const std::string& organisation, const std::string& system);

    /// Digests of what the comments of these issues were like, by issue id.
    std::map<std::string, std::string> commentMarks(const std::string& organisation,
                                                    const std::string& system,
                                                    const std::vector<std::string>& issueIds);
    void saveCommentMark(const std::string& organisation, const std::string& system,
                         const std::string& issueId, const std::string& mark);

    /// Issue ids.
    std::vector<std::string> orphans(const std::string& organisation, const std::string& system);
    void addOrphan(const std::string& organisation, const std::string& system, const std::string& issueId);
    void removeOrphan(const std::string& organisation, const std::string& system, const std::string& issueId);

private:
    store::Database& _database;
};

} // namespace jira_plugin::sync
