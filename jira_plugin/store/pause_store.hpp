#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace jira_plugin::store {

class Database;

/// Why an organisation's whole queue waits, and until when.
struct Pause {
    enum class Kind {
        Busy,      ///< Jira asked for a pause or is out of reach
        Connection ///< an admin must connect
    };
    Kind kind = Kind::Busy;
    std::int64_t sinceMs = 0;
    std::int64_t untilMs = 0;
    std::int64_t failures = 0; ///< in a row
    std::string message;
    std::string remedy;
};

/// Pauses outlive the process: a restart does not hurry Jira. Safe from any thread. Throws StoreError.
class PauseStore {
public:
    explicit PauseStore(Database& database) : _database(database) {}

    std::optional<Pause> find(const std::string& organisation);
    void set(const std::string& organisation, const Pause& pause);
    /// Returns the pause that was.
    std::optional<Pause> clear(const std::string& organisation);

private:
    Database& _database;
};

} // namespace jira_plugin::store
