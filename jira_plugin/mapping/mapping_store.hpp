#pragma once

#include "settings.hpp"
#include "settings_json.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::mapping {

/// The mappings of all organisations, in the plugin's database. Safe from any thread. Every function throws
/// store::StoreError when the database fails.
class MappingStore {
public:
    /// database: borrowed, outlives this.
    explicit MappingStore(store::Database& database) : _database(database) {}

    /// project: id of the host's project.
    std::optional<ProjectMapping> project(const std::string& organisation, const std::string& project);
    /// In the order of the projects' keys.
    std::vector<ProjectMapping> projects(const std::string& organisation);
    /// Replaces what is there. by: user id.
    void save(const std::string& organisation, const ProjectMapping& mapping, const std::string& by,
              std::int64_t nowMs);
    /// Many at once, all or none. removed: ids of the host's projects.
    void change(const std::string& organisation, const std::vector<ProjectMapping>& saved,
                const std::vector<std::string>& removed, const std::string& by, std::int64_t nowMs);
    /// False when there was none.
    bool remove(const std::string& organisation, const std::string& project);

    /// Called with the organisation after its projects' mappings were changed here, on the thread that did
    /// it. Register before other threads use this.
    void onChange(std::function<void(const std::string& organisation)> listener) {
        _listener = std::move(listener);
    }

    /// What holds for a project: its own settings over the organisation's over the defaults. project empty:
    /// what holds for the organisation.
    FieldMapping fields(const std::string& organisation, const std::string& project);
    /// What the project (empty: the organisation) itself has set.
    FieldSettings fieldsOwn(const std::string& organisation, const std::string& project);
    void saveFields(const std::string& organisation, const std::string& project,
                    const FieldSettings& settings, const std::string& by, std::int64_t nowMs);
    bool removeFields(const std::string& organisation, const std::string& project);

private:
    void tell(const std::string& organisation) const {
        if (_listener)
            _listener(organisation);
    }

    store::Database& _database;
    std::function<void(const std::string&)> _listener;
};

} // namespace jira_plugin::mapping
