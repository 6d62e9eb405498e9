#include "handlers/dc_handlers.hpp"
#include "handlers/views.hpp"

namespace jira_sim::handle::dc {

Response serverInfo(Call& call) {
    const Release& release = call.services.config.release;
    return Response::json(
        200, json::object({{"baseUrl", call.site->url},
                           {"version", release.text()},
                           {"versionNumbers", json::array({release.major, release.minor, release.patch})},
                           {"deploymentType", "Server"},
                           {"buildNumber", release.buildNumber()},
                           {"buildDate", "2026-08-17T00:00:00.000+0000"},
                           {"databaseBuildNumber", release.buildNumber()},
                           {"serverTime", jiraDateTime(call.world().nowMs())},
                           {"scmInfo", "c7d1d0c4f2a54c0fa0d67a2cb4c3c6fb8573a034"},
                           {"serverTitle", "Jira"}}));
}

Response myPermissions(Call& call) {
    const Project* project = view::checkedProject(call);
    json::ObjectPtr permissions = json::object();
    int id = 0;
    for (const PermissionInfo& info : knownPermissions())
        permissions->set(info.key,
                         json::object({{"id", std::to_string(++id)},
                                       {"key", info.key},
                                       {"name", info.name},
                                       {"type", info.global ? "GLOBAL" : "PROJECT"},
                                       {"description", std::string("Ability to: ") + info.name + "."},
                                       {"havePermission", may(*call.user, info.key, project)}}));
    return Response::json(200, json::object({{"permissions", permissions}}));
}

} // namespace jira_sim::handle::dc
