#include <algorithm>

#include "handlers/handlers.hpp"
#include "handlers/views.hpp"

namespace jira_sim::view {

const Project* checkedProject(const Call& call) {
    const auto issueRef = call.request.param(call.request.param("issueKey") ? "issueKey" : "issueId");
    if (issueRef) {
        const IssuePtr issue = call.site->issues.find(*issueRef);
        if (!issue)
            throw Refusal{reply::issueNotFound()};
        return call.site->project(issue->projectId);
    }
    const auto ref = call.request.param(call.request.param("projectKey") ? "projectKey" : "projectId");
    if (!ref)
        return nullptr;
    const Project* project = call.visibleProject(*ref);
    if (project == nullptr)
        throw Refusal{reply::message(404, "No project could be found with key '" + *ref + "'.")};
    return project;
}

} // namespace jira_sim::view

namespace jira_sim::handle {

Response serverInfo(Call& call) {
    const std::string& url = call.site->url;
    return Response::json(200, json::object({{"baseUrl", url},
                                             {"displayUrl", url},
                                             {"displayUrlServicedeskHelpCenter", url},
                                             {"displayUrlConfluence", url},
                                             {"version", "1001.0.0-SNAPSHOT"},
                                             {"versionNumbers", json::array({1001, 0, 0})},
                                             {"deploymentType", "Cloud"},
                                             {"buildNumber", 100283},
                                             {"buildDate", "2026-10-22T15:20:46.000+0200"},
                                             {"serverTime", jiraDateTime(call.world().nowMs())},
                                             {"scmInfo", "09e6132c00c64e0fa0d67a2cb4c3c6fb8573a034"},
                                             {"serverTitle", "Jira"},
                                             {"serverTimeZone", "Etc/UTC"}}));
}

Response myself(Call& call) {
    json::ObjectPtr body = view::fullUser(call, *call.user);
    if (!call.user->email.empty())
        body->set("emailAddress", call.user->email); // people see their own address
    json::ObjectPtr group = json::object({{"name", "jira-users"}});
    if (!call.isDataCenter())
        group->set("groupId", "g-users");
    body->set("groups", json::object({{"size", 1}, {"items", json::array({group})}}));
    body->set("applicationRoles", json::object({{"size", 1}, {"items", json::array()}}));
    body->set("expand", "groups,applicationRoles");
    return Response::json(200, body);
}

Response myPermissions(Call& call) {
    const std::vector<std::string> wanted = call.request.params("permissions");
    if (wanted.empty())
        return reply::message(400, "The 'permissions' query parameter is required.");
    const Project* project = view::checkedProject(call);
    const auto& known = knownPermissions();
    json::ObjectPtr permissions = json::object();
    ErrorCollection errors;
    for (const std::string& key : wanted) {
        const auto info =
            std::find_if(known.begin(), known.end(), [&](const auto& item) { return key == item.key; });
        if (info == known.end()) {
            errors.field(key, "Unrecognized permission");
            continue;
        }
        permissions->set(key, json::object({{"id", std::to_string(1 + (info - known.begin()))},
                                            {"key", key},
                                            {"name", info->name},
                                            {"type", info->global ? "GLOBAL" : "PROJECT"},
                                            {"description", std::string("Ability to: ") + info->name + "."},
                                            {"havePermission", may(*call.user, key, project)}}));
    }
    if (!errors.empty())
        return reply::errors(400, errors);
    return Response::json(200, json::object({{"permissions", permissions}}));
}

} // namespace jira_sim::handle
