#pragma once

#include "json_reader.hpp"
#include "settings.hpp"

#include <Poco/JSON/Object.h>

#include <optional>
#include <string>
#include <vector>

/// Settings as JSON, the form in which the API takes and shows them and the store keeps them.
namespace jira_plugin::mapping {

/// Somebody in Jira; empty id: nobody.
struct Person {
    std::string accountId;
    std::string name;
};

/// What one level, the organisation or a project, has set of a FieldMapping. What is not set is inherited.
struct FieldSettings {
    std::array<std::optional<std::string>, host::severityCount> priorityIds; ///< empty id: choose by name
    std::optional<std::vector<std::string>> labels;
    std::optional<Person> assignee; ///< empty id: no override
    std::array<std::optional<std::optional<int>>, host::severityCount>
        slaDays; ///< inner nothing: no due date
    std::optional<SlaCalendar> calendar;
    std::optional<std::string> timeZone;
};

/// {"priorities": {"critical": "1", "info": null}, "labels": ["mayo-aspm"], "assignee": {"accountId",
/// "name"},
///  "slaDays": {"critical": 7, "info": null}, "calendar": "business", "timeZone": "Europe/Berlin"}
/// Every member may be missing. Throws SettingsProblem.
FieldSettings readFieldSettings(const Poco::JSON::Object::Ptr& json);
Poco::JSON::Object::Ptr toJson(const FieldSettings& settings);

/// The effective mapping, all members.
Poco::JSON::Object::Ptr toJson(const FieldMapping& mapping);

/// The base with everything replaced that the settings have.
FieldMapping apply(FieldMapping base, const FieldSettings& settings);

/// A project mapping as somebody sends it: the Jira project and the issue type by id, key or name, still to
/// be looked up in Jira.
struct MappingRequest {
    std::string jiraProject; ///< id or key
    std::string issueType;   ///< id or name
    Person assignee;
    std::map<std::string, std::string> extraFields; ///< field id -> JSON value
};

/// {"jiraProject": "PAY" or {"id"} or {"key"}, "issueType": "Bug" or {"id"} or {"name"},
///  "assignee": {"accountId", "name"} or null, "extraFields": {"customfield_10010": ...}}
/// What toJson(ProjectMapping) gives is read as well. Throws SettingsProblem.
MappingRequest readMappingRequest(const Poco::JSON::Object::Ptr& json);
Poco::JSON::Object::Ptr toJson(const ProjectMapping& mapping);

/// The extra fields as one JSON object, and back.
std::string extraFieldsText(const std::map<std::string, std::string>& fields);
std::map<std::string, std::string> readExtraFields(const Poco::JSON::Object::Ptr& json);

} // namespace jira_plugin::mapping
