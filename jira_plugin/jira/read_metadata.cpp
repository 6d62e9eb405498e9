#include "read_metadata.hpp"

#include <algorithm>

namespace jira_plugin::jira {
namespace {

/// Cascading selects have two levels; more would be nobody's.
constexpr int optionLevels = 2;

std::string optionName(const Poco::JSON::Object::Ptr& option) {
    for (const char* member : {"name", "value", "displayName", "key"}) {
        if (std::string text = json::text(option, member); !text.empty()) {
            return text;
        }
    }
    return {};
}

/// Options that can be chosen: disabled ones stay in the metadata of some servers.
std::vector<AllowedValue> readOptions(const Poco::JSON::Array::Ptr& options, int levels) {
    std::vector<AllowedValue> values;
    for (std::size_t i = 0; options && i < options->size(); ++i) {
        const auto option = json::objectAt(options, i);
        AllowedValue value{json::text(option, "id"),
                           option ? optionName(option)
                                  : json::textOf(options->get(static_cast<unsigned>(i)))};
        if (levels > 1) {
            value.children = readOptions(json::array(option, "children"), levels - 1);
        }
        if (!json::flag(option, "disabled") && (!value.id.empty() || !value.name.empty())) {
            values.push_back(std::move(value));
        }
    }
    return values;
}

/// Attachments and links have no "set": they come after the issue. No list at all forbids nothing.
bool hasSet(const Poco::JSON::Array::Ptr& operations) {
    if (!operations || operations->size() == 0) {
        return true;
    }
    return std::any_of(operations->begin(), operations->end(),
                       [](const auto& operation) { return json::textOf(operation) == "set"; });
}

} // namespace

ServerInfo readServerInfo(const Poco::JSON::Object::Ptr& object) {
    return {json::text(object, "baseUrl"), json::text(object, "version"),
            json::text(object, "deploymentType"), json::text(object, "serverTime")};
}

ProjectRef readProject(const Poco::JSON::Object::Ptr& object) {
    return {json::text(object, "id"), json::text(object, "key"), json::text(object, "name"),
            json::flag(object, "simplified")};
}

IssueType readIssueType(const Poco::JSON::Object::Ptr& object) {
    return {json::text(object, "id"), json::text(object, "name"), json::flag(object, "subtask")};
}

WorkflowStatus readStatus(const Poco::JSON::Object::Ptr& object) {
    return {json::text(object, "id"), json::text(object, "name"),
            json::text(json::object(object, "statusCategory"), "key")};
}

TypeStatuses readTypeStatuses(const Poco::JSON::Object::Ptr& object) {
    TypeStatuses type{json::text(object, "id"), {}};
    const auto statuses = json::array(object, "statuses");
    for (std::size_t i = 0; statuses && i < statuses->size(); ++i) {
        type.statuses.push_back(readStatus(json::objectAt(statuses, i)));
    }
    return type;
}

FieldMeta readField(const Poco::JSON::Object::Ptr& object) {
    const auto schema = json::object(object, "schema");
    FieldMeta field;
    field.fieldId = json::text(object, "fieldId");
    if (field.fieldId.empty()) {
        field.fieldId = json::text(object, "key");
    }
    field.name = json::text(object, "name");
    field.required = json::flag(object, "required");
    field.hasDefaultValue = json::flag(object, "hasDefaultValue");
    field.type = json::text(schema, "type");
    field.items = json::text(schema, "items");
    field.custom = json::text(schema, "custom");
    field.canBeSet = hasSet(json::array(object, "operations"));
    field.allowedValues = readOptions(json::array(object, "allowedValues"), optionLevels);
    return field;
}

Poco::JSON::Array::Ptr pageElements(const Poco::JSON::Object::Ptr& page,
                                    std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (auto elements = json::array(page, name)) {
            return elements;
        }
    }
    return {};
}

std::int64_t nextPage(const Poco::JSON::Object::Ptr& page, std::size_t received, std::int64_t startAt) {
    const std::int64_t next = startAt + static_cast<std::int64_t>(received);
    const std::int64_t total = json::number(page, "total", -1);
    const bool last = received == 0 || json::flag(page, "isLast") || (total >= 0 && next >= total);
    return last ? -1 : next;
}

} // namespace jira_plugin::jira
