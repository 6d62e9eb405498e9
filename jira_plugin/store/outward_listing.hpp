#pragma once

#include "outward_store.hpp"

#include <map>
#include <string>
#include <vector>

namespace jira_plugin::store {

/// The queue of changes as people look at it. Safe from any thread. Throws StoreError.
class OutwardListing {
public:
    explicit OutwardListing(Database& database) : _database(database) {}

    std::map<std::string, std::int64_t> counts(const std::string& organisation); ///< by state

    struct Row {
        OutwardTask task;
        std::string issueKey; ///< empty: no ticket yet
        std::string url;
    };
    struct Page {
        std::vector<Row> rows; ///< the oldest first
        std::string next;      ///< empty: the last page
    };
    /// Throws std::invalid_argument for an `after` that is none.
    Page list(const std::string& organisation, const std::string& state, const std::string& after,
              std::int64_t limit);

    /// Makes parked tasks due where this column (id, cause or state) has this value; returns how many.
    std::int64_t retry(const std::string& organisation, const char* column, const std::string& value,
                       std::int64_t nowMs);
    /// False: it is not parked.
    bool drop(const std::string& organisation, const std::string& id);

private:
    Database& _database;
};

} // namespace jira_plugin::store
