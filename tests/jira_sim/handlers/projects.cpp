#include <algorithm>
#include <set>

#include <Poco/String.h>

#include "handlers/handlers.hpp"
#include "handlers/views.hpp"

namespace jira_sim::handle {

namespace {

bool contains(const std::string& text, const std::string& part) {
    return Poco::toLower(text).find(Poco::toLower(part)) != std::string::npos;
}

json::ObjectPtr listed(const Call& call, const Project& project) {
    json::ObjectPtr object = view::project(call, project);
    if (call.isDataCenter()) {
        object->set("archived", project.archived);
        return object;
    }
    object->set("style", project.teamManaged ? "next-gen" : "classic");
    object->set("isPrivate", false);
    object->set("properties", json::object());
    object->set("uuid", project.uuid);
    if (project.archived)
        object->set("archived", true);
    return object;
}

const char* permissionOf(const Call& call) {
    const std::string action = call.query("action", "view");
    if (action == "view" || action == "browse")
        return "BROWSE_PROJECTS";
    if (action == "create")
        return "CREATE_ISSUES";
    if (action == "edit")
        return "ADMINISTER_PROJECTS";
    throw Refusal{reply::badParameter(call.request, "action", action)};
}

void sortBy(const Call& call, std::vector<const Project*>& list) {
    std::string by = call.query("orderBy", "key");
    const bool descending = by.rfind('-', 0) == 0;
    by.erase(0, by.find_first_not_of("+- ")); // an unencoded plus arrives as a space
    if (by != "key" && by != "name" && by != "id")
        throw Refusal{reply::message(400, "The value '" + by + "' is not supported for orderBy.")};
    std::sort(list.begin(), list.end(), [&](const Project* a, const Project* b) {
        const bool less = by == "name" ? Poco::icompare(a->name, b->name) < 0 : a->key < b->key;
        const bool same = by == "name" ? Poco::icompare(a->name, b->name) == 0 : a->key == b->key;
        return !same && less != descending;
    });
}

} // namespace

Response searchProjects(Call& call) {
    const char* permission = permissionOf(call);
    const std::string query = call.query("query");
    const auto ids = call.request.params("id"), keys = call.request.params("keys");
    const auto chosen = [](const std::vector<std::string>& list, const std::string& value) {
        return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    std::vector<const Project*> found;
    for (const auto& project : call.site->projects)
        if (!project->archived && may(*call.user, permission, project.get()) &&
            may(*call.user, "BROWSE_PROJECTS", project.get()) && chosen(ids, std::to_string(project->id)) &&
            chosen(keys, project->key) && (contains(project->key, query) || contains(project->name, query)))
            found.push_back(project.get());
    sortBy(call, found);
    const Page page = pageOf(call, 50, 100);
    json::ArrayPtr values = json::array();
    for (const Project* project : page.cut(found))
        values->add(listed(call, *project));
    return Response::json(200, pageJson(call, page, found.size(), values, "/project/search"));
}

namespace {

Project& projectOf(const Call& call) {
    Project* project = call.visibleProject(call.param("projectIdOrKey"));
    if (project == nullptr)
        throw Refusal{reply::message(404, "No project could be found with key '" +
                                              call.param("projectIdOrKey") + "'.")};
    return *project;
}

} // namespace

Response project(Call& call) {
    const Project& project = projectOf(call);
    json::ObjectPtr body = listed(call, project);
    body->set("description", project.description);
    body->set("lead", view::user(call, project.leadAccountId));
    json::ArrayPtr types = json::array();
    for (const IssueType& type : project.issueTypes)
        types->add(view::issueType(call, project, type));
    body->set("issueTypes", types);
    body->set("assigneeType", "UNASSIGNED");
    const auto named = [](const std::vector<Option>& options) {
        json::ArrayPtr list = json::array();
        for (const Option& option : options)
            list->add(json::object({{"id", option.id}, {"name", option.value}}));
        return list;
    };
    body->set("components", named(project.components));
    body->set("versions", named(project.versions));
    body->set("roles", json::object());
    return Response::json(200, body);
}

Response projectStatuses(Call& call) {
    const Project& project = projectOf(call);
    json::ArrayPtr list = json::array();
    for (const IssueType& type : project.issueTypes) {
        json::ArrayPtr statuses = json::array();
        for (const std::string& id : project.workflow.statuses)
            statuses->add(view::status(call, id));
        list->add(json::object({{"self", call.apiUrl("/issuetype/" + type.id)},
                                {"id", type.id},
                                {"name", type.name},
                                {"subtask", type.hierarchyLevel < 0},
                                {"statuses", statuses}}));
    }
    return Response::json(200, list);
}

Response priorities(Call& call) {
    json::ArrayPtr list = json::array();
    for (const Priority& item : call.site->priorities)
        list->add(view::priority(call, item));
    return Response::json(200, list);
}

Response priority(Call& call) {
    const Priority* found = call.site->priority(call.param("id"));
    if (found == nullptr)
        return reply::message(404, "The priority with id '" + call.param("id") + "' does not exist");
    return Response::json(200, view::priority(call, *found));
}

Response searchPriorities(Call& call) {
    const auto ids = call.request.params("id"), projects = call.request.params("projectId");
    std::set<std::string> inProjects;
    for (const std::string& ref : projects)
        if (const Project* project = call.visibleProject(ref))
            inProjects.insert(project->priorityIds.begin(), project->priorityIds.end());
    std::vector<const Priority*> found;
    for (const Priority& item : call.site->priorities)
        if ((ids.empty() || std::find(ids.begin(), ids.end(), item.id) != ids.end()) &&
            (projects.empty() || inProjects.count(item.id) != 0) &&
            contains(item.name, call.query("priorityName")))
            found.push_back(&item);
    const Page page = pageOf(call, 50, 50);
    json::ArrayPtr values = json::array();
    for (const Priority* item : page.cut(found))
        values->add(view::priority(call, *item));
    return Response::json(200, pageJson(call, page, found.size(), values, "/priority/search"));
}

Response statuses(Call& call) {
    json::ArrayPtr list = json::array();
    for (const Status& item : call.site->statuses)
        list->add(view::status(call, item.id));
    return Response::json(200, list);
}

Response resolutions(Call& call) {
    std::vector<std::string> ids;
    for (const Resolution& item : call.site->resolutions)
        ids.push_back(item.id);
    const Page page = pageOf(call, 50, 50);
    json::ArrayPtr values = json::array();
    for (const std::string& id : page.cut(ids))
        values->add(view::resolution(call, id));
    return Response::json(200, pageJson(call, page, ids.size(), values, "/resolution/search"));
}

} // namespace jira_sim::handle
