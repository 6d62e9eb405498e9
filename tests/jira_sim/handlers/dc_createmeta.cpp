#include <algorithm>

#include "handlers/dc_handlers.hpp"
#include "handlers/field_meta.hpp"
#include "handlers/views.hpp"
#include "http/dc_replies.hpp"

/// createmeta of Data Center: one document for everything until 9.0 removed it, paged by project from 8.4.
namespace jira_sim::handle::dc {

namespace {

json::ObjectPtr pageOfValues(const Page& page, std::size_t total, const json::ArrayPtr& values) {
    const std::int64_t next = page.startAt + static_cast<std::int64_t>(values->size());
    return json::object({{"maxResults", page.maxResults},
                         {"startAt", page.startAt},
                         {"total", static_cast<std::int64_t>(total)},
                         {"isLast", next >= static_cast<std::int64_t>(total)},
                         {"values", values}});
}

void requirePaged(const Call& call) {
    if (!call.services.config.release.since(8, 4))
        throw Refusal{reply::dc::notFound(call.services.config.publicUrl, call.request)};
}

bool isWanted(const std::vector<std::string>& list, const std::string& value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

json::ObjectPtr fieldsOf(const Call& call, const Project& project, const IssueType& type) {
    json::ObjectPtr fields = json::object();
    for (const ScreenField& item : view::settable(call, project, type)) {
        json::ObjectPtr field =
            view::fieldJson(call, project, type, *call.site->field(item.fieldId), item.required);
        field->set("fieldId", item.fieldId);
        fields->set(item.fieldId, field);
    }
    return fields;
}

json::ArrayPtr issueTypesOf(const Call& call, const Project& project, bool withFields) {
    const auto ids = call.request.params("issuetypeIds"), names = call.request.params("issuetypeNames");
    json::ArrayPtr list = json::array();
    for (const IssueType& type : project.issueTypes) {
        if (!isWanted(ids, type.id) || !isWanted(names, type.name))
            continue;
        json::ObjectPtr object = view::issueType(call, project, type);
        if (withFields) {
            object->set("expand", "fields");
            object->set("fields", fieldsOf(call, project, type));
        }
        list->add(object);
    }
    return list;
}

} // namespace

Response createMeta(Call& call) {
    if (call.services.config.release.since(9, 0)) // the path now names an issue that there cannot be
        return reply::dc::issueHidden(false, call.isAnonymous());
    const auto ids = call.request.params("projectIds"), keys = call.request.params("projectKeys");
    const bool withFields = call.query("expand").find("projects.issuetypes.fields") != std::string::npos;
    json::ArrayPtr projects = json::array();
    for (const auto& project : call.site->projects) {
        if (project->archived || !may(*call.user, "CREATE_ISSUES", project.get()) ||
            !isWanted(ids, std::to_string(project->id)) || !isWanted(keys, project->key))
            continue;
        json::ObjectPtr object = view::project(call, *project);
        object->remove("projectTypeKey");
        object->set("issuetypes", issueTypesOf(call, *project, withFields));
        projects->add(object);
    }
    return Response::json(200, json::object({{"expand", "projects"}, {"projects", projects}}));
}

Response createMetaIssueTypes(Call& call) {
    requirePaged(call);
    const Project& project = view::metaProject(call);
    const Page page = view::metaPage(call);
    json::ArrayPtr values = json::array();
    for (const IssueType& type : page.cut(project.issueTypes))
        values->add(view::issueType(call, project, type));
    return Response::json(200, pageOfValues(page, project.issueTypes.size(), values));
}

Response createMetaFields(Call& call) {
    requirePaged(call);
    const Project& project = view::metaProject(call);
    const IssueType* type = issueType(project, call.param("issueTypeId"));
    if (type == nullptr)
        return reply::field(400, "issuetype", "The issue type selected is invalid.");
    const Page page = view::metaPage(call);
    const std::vector<ScreenField> fields = view::settable(call, project, *type);
    json::ArrayPtr values = json::array();
    for (const ScreenField& item : page.cut(fields)) {
        json::ObjectPtr field =
            view::fieldJson(call, project, *type, *call.site->field(item.fieldId), item.required);
        field->set("fieldId", item.fieldId);
        values->add(field);
    }
    return Response::json(200, pageOfValues(page, fields.size(), values));
}

} // namespace jira_sim::handle::dc
