#include "field_json.hpp"

#include "context.hpp"
#include "mapping/extra_fields.hpp"
#include "mapping/field_kind.hpp"

namespace jira_plugin::settings {

using Poco::JSON::Array;
using Poco::JSON::Object;

Array::Ptr valuesJson(const std::vector<jira::AllowedValue>& values) {
    Array::Ptr json = new Array;
    for (const auto& value : values) {
        Object::Ptr each = new Object;
        each->set("id", value.id);
        each->set("name", value.name);
        json->add(each);
    }
    return json;
}

namespace {

/// With what can be chosen below each of them, in a cascading select.
Array::Ptr optionsJson(const std::vector<jira::AllowedValue>& values) {
    Array::Ptr json = valuesJson(values);
    for (std::size_t i = 0; i < values.size(); ++i)
        json->getObject(static_cast<unsigned>(i))->set("children", valuesJson(values[i].children));
    return json;
}

/// Who gives the field its value: the finding and its mappings, Jira, an admin, or nobody.
std::string filledBy(const jira::FieldMeta& field) {
    if (mapping::isOwnField(field.fieldId))
        return "mapping";
    if (mapping::needsValue(field))
        return "admin";
    return field.required || field.hasDefaultValue ? "jira" : "nobody";
}

} // namespace

Object::Ptr fieldJson(const jira::FieldMeta& field) {
    Object::Ptr json = new Object;
    json->set("id", field.fieldId);
    json->set("name", field.name);
    json->set("required", field.required);
    json->set("hasDefaultValue", field.hasDefaultValue);
    json->set("needsValue", mapping::needsValue(field));
    json->set("filledBy", filledBy(field));
    json->set("type", field.type);
    json->set("items", nullIfEmpty(field.items));
    json->set("custom", nullIfEmpty(field.custom));
    json->set("editor", std::string(mapping::toString(mapping::kindOf(field))));
    json->set("canBeSet", field.canBeSet);
    json->set("allowedValues", optionsJson(field.allowedValues));
    return json;
}

} // namespace jira_plugin::settings
