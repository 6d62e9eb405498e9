#include "handlers/field_meta.hpp"
#include "handlers/handlers.hpp"
#include "handlers/views.hpp"

/// What can be set when creating (or editing) an issue: GET /issue/createmeta/... and /editmeta.
namespace jira_sim::handle {

namespace {

json::ObjectPtr metaAnswer(const Page& page, std::size_t total, const char* name,
                           const json::ArrayPtr& items) {
    return json::object({{"startAt", page.startAt},
                         {"maxResults", page.maxResults},
                         {"total", static_cast<std::int64_t>(total)},
                         {name, items}});
}

} // namespace

Response createMetaIssueTypes(Call& call) {
    const Project& project = view::metaProject(call);
    const Page page = view::metaPage(call);
    json::ArrayPtr items = json::array();
    for (const IssueType& type : page.cut(project.issueTypes))
        items->add(view::issueType(call, project, type));
    return Response::json(200, metaAnswer(page, project.issueTypes.size(), "issueTypes", items));
}

Response createMetaFields(Call& call) {
    const Project& project = view::metaProject(call);
    const IssueType* type = issueType(project, call.param("issueTypeId"));
    if (type == nullptr)
        return reply::field(400, "issuetype", "The issue type selected is invalid.");
    const Page page = view::metaPage(call);
    const std::vector<ScreenField> fields = view::settable(call, project, *type);
    json::ArrayPtr items = json::array();
    for (const ScreenField& item : page.cut(fields)) {
        json::ObjectPtr field =
            view::fieldJson(call, project, *type, *call.site->field(item.fieldId), item.required);
        field->set("fieldId", item.fieldId);
        items->add(field);
    }
    return Response::json(200, metaAnswer(page, fields.size(), "fields", items));
}

Response editMeta(Call& call) {
    const IssuePtr issue = call.issue();
    const Project& project = *call.site->project(issue->projectId);
    const IssueType* type = issueType(project, issue->issueTypeId);
    json::ObjectPtr fields = json::object();
    if (type != nullptr && may(*call.user, "EDIT_ISSUES", &project))
        for (const ScreenField& item : view::settable(call, project, *type))
            if (item.fieldId != "project")
                fields->set(item.fieldId, view::fieldJson(call, project, *type,
                                                          *call.site->field(item.fieldId), item.required));
    return Response::json(200, json::object({{"fields", fields}}));
}

Response fields(Call& call) {
    json::ArrayPtr list = json::array();
    for (const Field& field : call.site->fields) {
        json::ObjectPtr object = json::object({{"id", field.id}});
        if (!call.isDataCenter())
            object->set("key", field.id);
        object->set("name", field.name);
        object->set("custom", !field.customType.empty());
        for (const char* trait : {"orderable", "navigable", "searchable"})
            object->set(trait, true);
        object->set("clauseNames", json::array({field.id}));
        object->set("schema", view::schemaJson(field));
        list->add(object);
    }
    return Response::json(200, list);
}

} // namespace jira_sim::handle
