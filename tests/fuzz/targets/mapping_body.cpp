#include "mapping/json_reader.hpp"
#include "mapping/settings_json.hpp"
#include "settings/mapping_batch.hpp"
#include "target.hpp"

namespace {

using namespace jira_plugin::mapping;

/// What was read is written so that it reads the same.
void readFields(const std::string& text) {
    const auto once = jsonText(toJson(readFieldSettings(parseJsonObject(text))));
    const auto twice = jsonText(toJson(readFieldSettings(parseJsonObject(once))));
    fuzz::require(once == twice, "field settings are read as they are written");
}

void readBatchOf(const std::string& text) {
    jira_plugin::settings::readBatch(parseJsonObject(text));
}

void readMapping(const std::string& text) {
    const MappingRequest request = readMappingRequest(parseJsonObject(text));
    const auto fields = readExtraFields(parseJsonObject(extraFieldsText(request.extraFields)));
    fuzz::require(fields.size() == request.extraFields.size(), "extra fields are read as they are written");
}

} // namespace

/// The bodies that save mappings and field settings.
FUZZ_TARGET(mapping_body) {
    const std::string text(input);
    for (const auto read : {readFields, readMapping, readBatchOf}) {
        try {
            read(text);
        } catch (const SettingsProblem&) {
            // Whoever sent it is told.
        }
    }
}
