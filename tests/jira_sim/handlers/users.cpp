#include <algorithm>

#include <Poco/String.h>

#include "handlers/handlers.hpp"
#include "handlers/views.hpp"

namespace jira_sim::handle {

namespace {

/// Matches the start of a word of the display name, or of the address.
bool matchesQuery(const User& user, const std::string& query) {
    const std::string wanted = Poco::toLower(query);
    const std::string name = Poco::toLower(user.displayName);
    const std::size_t at = name.find(wanted);
    const bool inName = at != std::string::npos && (at == 0 || name[at - 1] == ' ');
    return wanted.empty() || inName || Poco::toLower(user.email).rfind(wanted, 0) == 0;
}

const Project* assignableProject(const Call& call) {
    const auto issueRef = call.request.param(call.request.param("issueKey") ? "issueKey" : "issueId");
    if (issueRef) {
        const IssuePtr issue = call.site->issues.find(*issueRef);
        if (!issue)
            throw Refusal{reply::issueNotFound()};
        return call.site->project(issue->projectId);
    }
    const auto ref = call.request.param("project");
    if (!ref)
        throw Refusal{reply::message(400, "Either a project or an issue must be specified.")};
    const Project* project = call.visibleProject(*ref);
    if (project == nullptr)
        throw Refusal{reply::message(404, "No project could be found with key '" + *ref + "'.")};
    return project;
}

} // namespace

Response assignableUsers(Call& call) {
    if (call.request.param("username"))
        return reply::message(
            400, "'accountId' must be the only user identifying query parameter in GDPR strict mode.");
    const Project* project = assignableProject(call);
    const auto accountId = call.request.param("accountId");
    std::vector<const User*> found;
    for (const User& user : call.world().users())
        if (user.active && isAssignable(*project, user.accountId) &&
            (accountId ? user.accountId == *accountId : matchesQuery(user, call.query("query"))))
            found.push_back(&user);
    json::ArrayPtr list = json::array();
    for (const User* user : pageOf(call, 50, 1000).cut(found))
        list->add(view::fullUser(call, *user));
    return Response::json(200, list);
}

Response user(Call& call) {
    const auto accountId = call.request.param("accountId");
    if (!accountId)
        return reply::message(400, "The 'accountId' query parameter is required.");
    const User* user = call.world().user(*accountId);
    if (user == nullptr)
        return reply::message(404, "Specified user does not exist or you do not have required permissions");
    return Response::json(200, view::fullUser(call, *user));
}

} // namespace jira_sim::handle
