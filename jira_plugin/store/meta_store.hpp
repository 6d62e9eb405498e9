#pragma once

#include <string>

namespace jira_plugin::store {

class Database;

/// Small facts about this installation as a whole. Safe from any thread.
class MetaStore {
public:
    explicit MetaStore(Database& database) : _database(database) {}

    /// Random, made once with the database: keeps the marks of two installations in one Jira apart.
    std::string installationMarker();

private:
    Database& _database;
};

} // namespace jira_plugin::store
