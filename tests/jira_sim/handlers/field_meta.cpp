#include "handlers/field_meta.hpp"

#include "handlers/views.hpp"

namespace jira_sim::view {

namespace {

struct Schema {
    const char* type;
    const char* items;
};

Schema schemaOf(FieldKind kind) {
    switch (kind) {
    case FieldKind::Project:
        return {"project", nullptr};
    case FieldKind::IssueType:
        return {"issuetype", nullptr};
    case FieldKind::Priority:
        return {"priority", nullptr};
    case FieldKind::Labels:
        return {"array", "string"};
    case FieldKind::Date:
        return {"date", nullptr};
    case FieldKind::DateTime:
        return {"datetime", nullptr};
    case FieldKind::Number:
        return {"number", nullptr};
    case FieldKind::User:
    case FieldKind::Reporter:
        return {"user", nullptr};
    case FieldKind::MultiUser:
        return {"array", "user"};
    case FieldKind::Select:
        return {"option", nullptr};
    case FieldKind::MultiSelect:
        return {"array", "option"};
    case FieldKind::Cascading:
        return {"option-with-child", nullptr};
    case FieldKind::Parent:
        return {"issuelink", nullptr};
    case FieldKind::EpicLink:
        return {"any", nullptr};
    case FieldKind::Components:
        return {"array", "component"};
    case FieldKind::Versions:
        return {"array", "version"};
    default:
        return {"string", nullptr};
    }
}

} // namespace

json::ObjectPtr schemaJson(const Field& field) {
    const Schema schema = schemaOf(field.kind);
    json::ObjectPtr object = json::object({{"type", schema.type}});
    if (schema.items != nullptr)
        object->set("items", schema.items);
    if (field.customType.empty()) {
        object->set("system", field.id);
    } else {
        object->set("custom", field.customType);
        object->set("customId", std::stoll(field.id.substr(field.id.find('_') + 1)));
    }
    return object;
}

namespace {

json::ArrayPtr options(const Call& call, const std::vector<Option>& list, const char* textName) {
    json::ArrayPtr values = json::array();
    for (const Option& option : list) {
        json::ObjectPtr value = json::object({{"self", call.apiUrl("/customFieldOption/" + option.id)},
                                              {textName, option.value},
                                              {"id", option.id}});
        if (!option.children.empty())
            value->set("children", options(call, option.children, textName));
        values->add(value);
    }
    return values;
}

/// The choices of a field in a project, or null when it has none to list.
json::ArrayPtr allowedValues(const Call& call, const Project& project, const IssueType& type,
                             const Field& field) {
    switch (field.kind) {
    case FieldKind::Priority: {
        json::ArrayPtr values = json::array();
        for (const std::string& id : project.priorityIds)
            if (const Priority* item = call.site->priority(id))
                values->add(json::object(
                    {{"self", call.apiUrl("/priority/" + id)}, {"name", item->name}, {"id", id}}));
        return values;
    }
    case FieldKind::IssueType:
        return json::array({view::issueType(call, project, type)});
    case FieldKind::Project:
        return json::array({view::project(call, project)});
    case FieldKind::Components:
        return options(call, project.components, "name");
    case FieldKind::Versions:
        return options(call, project.versions, "name");
    case FieldKind::Select:
    case FieldKind::MultiSelect:
    case FieldKind::Cascading:
        return options(call, field.options, "value");
    default:
        return {};
    }
}

} // namespace

json::ObjectPtr fieldJson(const Call& call, const Project& project, const IssueType& type, const Field& field,
                          bool required) {
    const bool listens =
        field.kind == FieldKind::Labels || field.id == "components" || field.id == "fixVersions";
    const bool hasDefault = field.kind == FieldKind::Priority;
    json::ObjectPtr object = json::object(
        {{"required", required},
         {"schema", schemaJson(field)},
         {"name", field.name},
         {"hasDefaultValue", hasDefault},
         {"operations", listens ? json::array({"add", "set", "remove"}) : json::array({"set"})}});
    if (!call.isDataCenter())
        object->set("key", field.id);
    if (field.kind == FieldKind::User || field.kind == FieldKind::Reporter)
        object->set("autoCompleteUrl", call.apiUrl("/user/assignable/search?project=" + project.key +
                                                   (call.isDataCenter() ? "&username=" : "&query=")));
    if (field.kind == FieldKind::Labels)
        object->set("autoCompleteUrl", call.apiUrl("/label?query="));
    if (json::ArrayPtr values = allowedValues(call, project, type, field))
        object->set("allowedValues", values);
    const Priority* usual = hasDefault ? call.site->priority(project.defaultPriorityId) : nullptr;
    if (usual != nullptr)
        object->set("defaultValue", json::object({{"self", call.apiUrl("/priority/" + usual->id)},
                                                  {"name", usual->name},
                                                  {"id", usual->id}}));
    return object;
}

std::vector<ScreenField> settable(const Call& call, const Project& project, const IssueType& type) {
    std::vector<ScreenField> list;
    for (const ScreenField& item : type.screen) {
        const Field* field = call.site->field(item.fieldId);
        if (field != nullptr &&
            (field->kind != FieldKind::Reporter || may(*call.user, "MODIFY_REPORTER", &project)))
            list.push_back(item);
    }
    return list;
}

Page metaPage(const Call& call) {
    constexpr std::int64_t defaultPage = 50;
    constexpr std::int64_t largestPage = 200;
    if (call.number("maxResults", defaultPage) > largestPage)
        throw Refusal{reply::message(400, "Parameter 'maxResults' must not exceed the limit '200'.")};
    return pageOf(call, defaultPage, largestPage);
}

const Project& metaProject(const Call& call) {
    const Project* project = call.visibleProject(call.param("projectIdOrKey"));
    if (project == nullptr || !may(*call.user, "CREATE_ISSUES", project))
        throw Refusal{reply::message(400, "No project could be found with key '" +
                                              call.param("projectIdOrKey") + "'.")};
    return *project;
}

} // namespace jira_sim::view
