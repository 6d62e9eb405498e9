#pragma once

#include "table_copy.hpp"

#include <string>
#include <utility>
#include <vector>

namespace jira_plugin::store {

/// What a move has copied, table by table.
using MoveReport = std::vector<std::pair<std::string, Tally>>;

/// Copies the whole store from an SQLite file into an empty PostgreSQL database, in one transaction, and
/// compares both before it commits. Afterwards the file is named *.moved, so that no host works on with it.
/// Throws StoreError, and nothing has changed then: the file is missing or in use, the database is out of
/// reach, in use or not empty, or what arrived differs. Throws StoreError as well when only the file could
/// not be renamed, and says so. Throws std::invalid_argument for a URL that is none.
MoveReport moveStore(const std::string& file, const std::string& url);

} // namespace jira_plugin::store
