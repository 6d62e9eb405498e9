#include <algorithm>
#include <set>

#include <Poco/String.h>

#include "handlers/dc_handlers.hpp"
#include "handlers/views.hpp"

/// Projects, priorities, resolutions and people in the shapes of Data Center: mostly whole arrays.
namespace jira_sim::handle::dc {

namespace {

bool contains(const std::string& text, const std::string& part) {
    return Poco::toLower(text).find(Poco::toLower(part)) != std::string::npos;
}

/// The start of the login, of a word of the name, or of the address.
bool matches(const User& user, const std::string& query) {
    const std::string wanted = Poco::toLower(query);
    const std::string name = Poco::toLower(user.displayName);
    const std::size_t at = name.find(wanted);
    return (at != std::string::npos && (at == 0 || name[at - 1] == ' ')) ||
           Poco::toLower(user.name).rfind(wanted, 0) == 0 || Poco::toLower(user.email).rfind(wanted, 0) == 0;
}

const Project* assignableProject(const Call& call) {
    if (const auto key = call.request.param("issueKey")) {
        const IssuePtr issue = call.site->issues.find(*key);
        if (!issue)
            throw Refusal{reply::message(404, "Issue Does Not Exist")};
        return call.site->project(issue->projectId);
    }
    const auto key = call.request.param("project");
    if (!key)
        throw Refusal{reply::message(400, "Either a project or an issue must be specified.")};
    const Project* project = call.visibleProject(*key);
    if (project == nullptr)
        throw Refusal{reply::message(404, "No project could be found with key '" + *key + "'.")};
    return project;
}

} // namespace

Response projects(Call& call) {
    const bool archived = call.query("includeArchived") == "true";
    json::ArrayPtr list = json::array();
    for (const auto& project : call.site->projects) {
        if ((project->archived && !archived) || !may(*call.user, "BROWSE_PROJECTS", project.get()))
            continue;
        json::ObjectPtr object = view::project(call, *project);
        object->set("expand", "description,lead,url,projectKeys");
        if (contains(call.query("expand"), "description"))
            object->set("description", project->description);
        if (archived)
            object->set("archived", project->archived);
        list->add(object);
    }
    return Response::json(200, list);
}

Response priorityPage(Call& call) {
    std::set<std::string> inProjects;
    const auto ids = call.request.params("projectIds");
    for (const std::string& id : ids)
        if (const Project* project = call.visibleProject(id))
            inProjects.insert(project->priorityIds.begin(), project->priorityIds.end());
    std::vector<const Priority*> found;
    for (const Priority& item : call.site->priorities)
        if ((ids.empty() || inProjects.count(item.id) != 0) && contains(item.name, call.query("query")))
            found.push_back(&item);
    const Page page = pageOf(call, 100, 1000);
    json::ArrayPtr values = json::array();
    for (const Priority* item : page.cut(found))
        values->add(view::priority(call, *item));
    return Response::json(200, pageJson(call, page, found.size(), values, "/priority/page"));
}

Response resolutions(Call& call) {
    json::ArrayPtr list = json::array();
    for (const Resolution& item : call.site->resolutions)
        list->add(view::resolution(call, item.id));
    return Response::json(200, list);
}

Response assignableUsers(Call& call) {
    const Project* project = assignableProject(call);
    std::vector<const User*> found;
    for (const User& user : call.world().users())
        if (user.active && isAssignable(*project, user.accountId) && matches(user, call.query("username")))
            found.push_back(&user);
    json::ArrayPtr list = json::array();
    for (const User* user : pageOf(call, 50, 1000).cut(found))
        list->add(view::fullUser(call, *user));
    return Response::json(200, list);
}

Response user(Call& call) {
    const auto name = call.request.param("username"), key = call.request.param("key");
    if (!name && !key)
        return reply::message(404, "Either the 'username' or the 'key' query parameters need to be provided");
    for (const User& user : call.world().users()) {
        const json::ObjectPtr seen = view::fullUser(call, user);
        if (name ? Poco::icompare(user.name, *name) == 0 : json::memberString(seen, "key") == *key)
            return Response::json(200, seen);
    }
    return reply::message(404, name ? "The user named '" + *name + "' does not exist"
                                    : "The user with the key '" + *key + "' does not exist");
}

} // namespace jira_sim::handle::dc
