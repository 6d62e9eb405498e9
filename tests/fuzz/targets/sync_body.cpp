#include "mapping/json_reader.hpp"
#include "sync/settings_json.hpp"
#include "target.hpp"

/// The body that saves how tickets and findings are kept in step.
FUZZ_TARGET(sync_body) {
    using namespace jira_plugin;
    using mapping::jsonText;
    using mapping::parseJsonObject;
    try {
        const auto overrides = sync::readSyncOverrides(parseJsonObject(std::string(input)));
        const std::string once = jsonText(sync::toJson(overrides));
        const std::string twice = jsonText(sync::toJson(sync::readSyncOverrides(parseJsonObject(once))));
        fuzz::require(once == twice, "sync settings are read as they are written");
        sync::toJson(sync::apply({}, overrides));
    } catch (const mapping::SettingsProblem&) {
        // Whoever sent it is told.
    }
}
