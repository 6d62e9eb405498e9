#pragma once

#include "settings.hpp"
#include "settings_json.hpp"

#include <cstdint>
#include <string>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::sync {

/// The sync settings of all organisations, in the plugin's database. Safe from any thread. Every function
/// throws store::StoreError when the database fails.
class SettingsStore : public SettingsSource {
public:
    /// database: borrowed, outlives this.
    explicit SettingsStore(store::Database& database) : _database(database) {}

    /// project empty: what holds for the organisation.
    SyncSettings of(const std::string& organisation, const std::string& project) override;
    /// What the project (empty: the organisation) itself has set.
    SyncOverrides own(const std::string& organisation, const std::string& project);
    /// Replaces what is there. by: user id.
    void save(const std::string& organisation, const std::string& project, const SyncOverrides& settings,
              const std::string& by, std::int64_t nowMs);
    /// False when there was nothing.
    bool remove(const std::string& organisation, const std::string& project);

private:
    store::Database& _database;
};

} // namespace jira_plugin::sync
