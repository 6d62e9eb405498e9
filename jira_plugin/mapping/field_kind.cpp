#include "field_kind.hpp"

#include <string>

namespace jira_plugin::mapping {
namespace {

FieldKind kindOfText(const jira::FieldMeta& field) {
    if (isCustomType(field, "textarea") || field.fieldId == "environment" || field.fieldId == "description")
        return FieldKind::RichText;
    if (isCustomType(field, "url"))
        return FieldKind::Url;
    return field.allowedValues.empty() ? FieldKind::Text : FieldKind::Select;
}

FieldKind kindOfList(const jira::FieldMeta& field) {
    if (!field.allowedValues.empty() || field.items == "option" || field.items == "version" ||
        field.items == "component")
        return FieldKind::MultiSelect;
    if (field.items == "user")
        return FieldKind::MultiUser;
    if (field.items == "group")
        return FieldKind::MultiGroup;
    return field.items == "string" ? FieldKind::Labels : FieldKind::Json;
}

} // namespace

bool isCustomType(const jira::FieldMeta& field, const char* type) {
    return field.custom.substr(field.custom.find(':') + 1) == type;
}

FieldKind kindOf(const jira::FieldMeta& field) {
    const std::string& type = field.type;
    if (type == "array")
        return kindOfList(field);
    if (type == "string")
        return kindOfText(field);
    if (type == "number")
        return FieldKind::Number;
    if (type == "date")
        return FieldKind::Date;
    if (type == "datetime")
        return FieldKind::DateTime;
    if (type == "user")
        return FieldKind::User;
    if (type == "group")
        return FieldKind::Group;
    if (type == "option-with-child")
        return FieldKind::Cascade;
    return type == "option" || !field.allowedValues.empty() ? FieldKind::Select : FieldKind::Json;
}

const char* toString(FieldKind kind) {
    switch (kind) {
    case FieldKind::Text:
        return "text";
    case FieldKind::RichText:
        return "richText";
    case FieldKind::Number:
        return "number";
    case FieldKind::Date:
        return "date";
    case FieldKind::DateTime:
        return "datetime";
    case FieldKind::Select:
        return "select";
    case FieldKind::MultiSelect:
        return "multiSelect";
    case FieldKind::Cascade:
        return "cascade";
    case FieldKind::User:
        return "user";
    case FieldKind::MultiUser:
        return "multiUser";
    case FieldKind::Group:
        return "group";
    case FieldKind::MultiGroup:
        return "multiGroup";
    case FieldKind::Labels:
        return "labels";
    case FieldKind::Url:
        return "url";
    case FieldKind::Json:
        break;
    }
    return "json";
}

} // namespace jira_plugin::mapping
