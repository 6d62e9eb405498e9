#include "settings_store.hpp"

#include "mapping/json_reader.hpp"
#include "store/database.hpp"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <array>

namespace jira_plugin::sync {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

SyncOverrides readOwn(Session& session, std::string organisation, std::string project) {
    std::string settings;
    Statement select(session);
    select << "SELECT settings FROM sync_settings WHERE organisation = $1 AND project = $2",
        use(organisation), use(project), into(settings), limit(1);
    if (select.execute() == 0)
        return {};
    return readSyncOverrides(mapping::parseJsonObject(settings));
}

} // namespace

SyncSettings SettingsStore::of(const std::string& organisation, const std::string& project) {
    return _database.read([&](Session& session) {
        SyncSettings settings = apply(SyncSettings{}, readOwn(session, organisation, ""));
        return project.empty() ? settings
                               : apply(std::move(settings), readOwn(session, organisation, project));
    });
}

SyncOverrides SettingsStore::own(const std::string& organisation, const std::string& project) {
    return _database.read([&](Session& session) { return readOwn(session, organisation, project); });
}

void SettingsStore::save(const std::string& organisation, const std::string& project,
                         const SyncOverrides& settings, const std::string& by, std::int64_t nowMs) {
    _database.transaction([&](Session& session) {
        std::array<std::string, 4> v{organisation, project, mapping::jsonText(toJson(settings)), by};
        Statement upsert(session);
        upsert << "INSERT INTO sync_settings (organisation, project, settings, updated_by, updated_at_ms) "
                  "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organisation, project) DO UPDATE SET "
                  "settings = excluded.settings, updated_by = excluded.updated_by, "
                  "updated_at_ms = excluded.updated_at_ms";
        for (auto& value : v)
            upsert, use(value);
        upsert, use(nowMs), now;
    });
}

bool SettingsStore::remove(const std::string& organisation, const std::string& project) {
    return _database.transaction([&](Session& session) {
        std::string organisationId = organisation;
        std::string projectId = project;
        Statement statement(session);
        statement << "DELETE FROM sync_settings WHERE organisation = $1 AND project = $2",
            use(organisationId), use(projectId);
        return statement.execute() > 0;
    });
}

} // namespace jira_plugin::sync
