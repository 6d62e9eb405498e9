#include "read_metadata.hpp"

namespace jira_plugin::jira {

ProjectRef readProject(const Poco::JSON::Object::Ptr& object) {
    return {json::text(object, "id"), json::text(object, "key"), json::text(object, "name"),
            json::flag(object, "simplified")};
}

IssueType readIssueType(const Poco::JSON::Object::Ptr& object) {
    return {json::text(object, "id"), json::text(object, "name"), json::flag(object, "subtask")};
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
    const auto allowed = json::array(object, "allowedValues");
    for (std::size_t i = 0; allowed && i < allowed->size(); ++i) {
        const auto value = json::objectAt(allowed, i);
        std::string name = json::text(value, "name");
        field.allowedValues.push_back(
            {json::text(value, "id"), name.empty() ? json::text(value, "value") : std::move(name)});
    }
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
