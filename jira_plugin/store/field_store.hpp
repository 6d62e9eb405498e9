#pragma once

#include <map>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace jira_plugin::store {

class Database;

/// What we set last in a field of a ticket.
struct SetField {
    std::string value;
    bool ended = false; ///< a person has edited it since, or it was never ours
};

/// By the names title, priority (id), labels (separated by blanks), assignee (id), due_date.
using SetFields = std::map<std::string, SetField>;

/// What we set last in tickets. Safe from any thread. Throws StoreError.
class FieldStore {
public:
    explicit FieldStore(Database& database) : _database(database) {}

    SetFields find(const std::string& organisation, const std::string& system, const std::string& issueId);
    void put(const std::string& organisation, const std::string& system, const std::string& issueId,
             const SetFields& fields);
    /// Within the caller's transaction.
    static void put(Poco::Data::Session& session, const std::string& organisation, const std::string& system,
                    const std::string& issueId, const SetFields& fields);

private:
    Database& _database;
};

} // namespace jira_plugin::store
