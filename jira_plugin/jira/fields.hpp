#pragma once

#include <map>
#include <string>
#include <vector>

namespace jira_plugin::jira {

struct AllowedValue {
    std::string id;
    std::string name;                        ///< `name`, or `value` for select options
    std::vector<AllowedValue> children = {}; ///< the second choices below this one, of a cascading select
};

/// One field of a screen: of the create screen of a project and issue type, or of a transition.
/// Source: developer.atlassian.com, REST v3, "Get create field metadata for a project and issue type id".
struct FieldMeta {
    std::string fieldId;
    std::string name;
    bool required = false;
    bool hasDefaultValue = false;
    bool canBeSet = true; ///< false: a value cannot be given when the issue is created, e.g. attachments
    std::string type;     ///< schema.type, e.g. "priority", "array", "option"
    std::string items;    ///< schema.items for arrays
    std::string custom;   ///< schema.custom, empty for system fields
    std::vector<AllowedValue> allowedValues;
};

/// A screen, by field id.
using CreateScreen = std::map<std::string, FieldMeta>;

} // namespace jira_plugin::jira
