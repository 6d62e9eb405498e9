#include "handlers/dc_handlers.hpp"
#include "handlers/handlers.hpp"
#include "http/router.hpp"

/// The whole surface in one place. Scopes as the operations' `x-atlassian-oauth2-scopes` in Atlassian's
/// OpenAPI description of the Jira Cloud platform REST API.
namespace jira_sim {

namespace {

namespace h = handle;

const char* readWork = "read:jira-work";
const char* writeWork = "write:jira-work";
const char* readUser = "read:jira-user";
const char* webhookScopes = "read:jira-work manage:jira-webhook";

const char* projectScopes =
    "read:issue-type:jira read:project:jira read:project.property:jira read:user:jira "
    "read:application-role:jira "
    "read:avatar:jira read:group:jira read:issue-type-hierarchy:jira read:project-category:jira "
    "read:project-version:jira read:project.component:jira";
const char* metaScopes = "read:issue-meta:jira read:avatar:jira read:field-configuration:jira";
const char* editMetaScopes = "read:issue-meta:jira read:field-configuration:jira";
const char* createScopes =
    "write:issue:jira write:comment:jira write:comment.property:jira write:attachment:jira "
    "read:issue:jira";
const char* readIssueScopes =
    "read:issue-meta:jira read:issue-security-level:jira read:issue.vote:jira read:issue.changelog:jira "
    "read:avatar:jira read:issue:jira read:status:jira read:user:jira read:field-configuration:jira";
const char* commentScopes = "read:comment:jira read:comment.property:jira read:group:jira read:project:jira "
                            "read:project-role:jira read:user:jira read:avatar:jira";
const char* writeCommentScopes =
    "read:comment:jira read:comment.property:jira read:group:jira read:project:jira "
    "read:project-role:jira read:user:jira read:avatar:jira write:comment:jira";
const char* searchPostScopes = "read:issue-details:jira read:field.default-value:jira read:field.option:jira "
                               "read:field:jira read:group:jira";
const char* searchGetScopes = "read:issue-details:jira read:audit-log:jira read:avatar:jira "
                              "read:field-configuration:jira read:issue-meta:jira";
const char* linkScopes = "write:issue:jira write:issue.remote-link:jira read:issue.remote-link:jira";
const char* assignableScopes = "read:issue:jira read:project:jira read:user:jira read:application-role:jira "
                               "read:avatar:jira read:group:jira";
const char* userScopes = "read:application-role:jira read:group:jira read:user:jira read:avatar:jira";

std::vector<Route> prepared(std::vector<Route> list) {
    for (Route& route : list)
        route.segments = split(route.pattern, '/');
    return list;
}

std::vector<Route> authRoutes() {
    return {
        {"GET", "/authorize", h::authorize},
        {"POST", "/authorize", h::decide, Body::Form},
        {"GET", "/error", h::errorPage},
        {"POST", "/oauth/token", h::token},
        {"GET", "/oauth/token/accessible-resources", h::accessibleResources},
        {"GET", "/me", h::grantor},
    };
}

std::vector<Route> restRoutes() {
    const auto json = Body::Json;
    const auto none = Body::None;
    return {
        {"GET", "/rest/api/3/serverInfo", h::serverInfo},
        {"GET", "/rest/api/3/myself", h::myself, none, readUser, userScopes},
        {"GET", "/rest/api/3/mypermissions", h::myPermissions, none, readWork, "read:permission:jira"},
        {"GET", "/rest/api/3/project/search", h::searchProjects, none, readWork, projectScopes},
        {"GET", "/rest/api/3/project/{projectIdOrKey}", h::project, none, readWork, projectScopes},
        {"GET", "/rest/api/3/project/{projectIdOrKey}/statuses", h::projectStatuses, none, readWork,
         projectScopes},
        {"GET", "/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes", h::createMetaIssueTypes, none,
         readWork, metaScopes},
        {"GET", "/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}", h::createMetaFields,
         none, readWork, metaScopes},
        {"GET", "/rest/api/3/priority", h::priorities, none, readWork, "read:priority:jira"},
        {"GET", "/rest/api/3/priority/search", h::searchPriorities},
        {"GET", "/rest/api/3/priority/{id}", h::priority, none, readWork, "read:priority:jira"},
        {"GET", "/rest/api/3/field", h::fields, none, readWork,
         "read:field:jira read:field-configuration:jira"},
        {"GET", "/rest/api/3/status", h::statuses, none, readWork, "read:status:jira"},
        {"GET", "/rest/api/3/resolution", h::dc::resolutions, none, readWork, "read:resolution:jira"},
        {"GET", "/rest/api/3/resolution/search", h::resolutions, none, readWork, "read:resolution:jira"},
        {"GET", "/rest/api/3/user/assignable/search", h::assignableUsers, none, readUser, assignableScopes},
        {"GET", "/rest/api/3/user", h::user, none, readUser, userScopes},
        {"POST", "/rest/api/3/issue", h::createIssue, json, writeWork, createScopes},
        {"POST", "/rest/api/3/issue/bulk", h::createIssues, json, writeWork, createScopes},
        {"POST", "/rest/api/3/issue/bulkfetch", h::fetchIssues, json, readWork, readIssueScopes},
        {"GET", "/rest/api/3/issue/{issueIdOrKey}", h::getIssue, none, readWork, readIssueScopes},
        {"PUT", "/rest/api/3/issue/{issueIdOrKey}", h::editIssue, json, writeWork, "write:issue:jira"},
        {"DELETE", "/rest/api/3/issue/{issueIdOrKey}", h::deleteIssue, none, writeWork, "delete:issue:jira"},
        {"PUT", "/rest/api/3/issue/{issueIdOrKey}/assignee", h::assignIssue, json, writeWork,
         "write:issue:jira"},
        {"GET", "/rest/api/3/issue/{issueIdOrKey}/editmeta", h::editMeta, none, readWork, editMetaScopes},
        {"GET", "/rest/api/3/issue/{issueIdOrKey}/changelog", h::changelog, none, readWork,
         "read:issue-meta:jira read:avatar:jira read:issue.changelog:jira"},
        {"GET", "/rest/api/3/issue/{issueIdOrKey}/transitions", h::transitions, none, readWork,
         "read:issue.transition:jira read:status:jira read:field-configuration:jira"},
        {"POST", "/rest/api/3/issue/{issueIdOrKey}/transitions", h::transition, json, writeWork,
         "write:issue:jira write:issue.property:jira"},
        {"GET", "/rest/api/3/issue/{issueIdOrKey}/comment", h::comments, none, readWork, commentScopes},
        {"POST", "/rest/api/3/issue/{issueIdOrKey}/comment", h::addComment, json, writeWork,
         writeCommentScopes},
        {"GET", "/rest/api/3/issue/{issueIdOrKey}/comment/{id}", h::comment, none, readWork, commentScopes},
        {"PUT", "/rest/api/3/issue/{issueIdOrKey}/comment/{id}", h::editComment, json, writeWork,
         writeCommentScopes},
        {"DELETE", "/rest/api/3/issue/{issueIdOrKey}/comment/{id}", h::deleteComment, none, writeWork,
         "delete:comment:jira delete:comment.property:jira"},
        {"POST", "/rest/api/3/comment/list", h::listComments, json, readWork,
         "read:comment:jira read:comment.property:jira"},
        {"GET", "/rest/api/3/comment/{commentId}/properties", h::commentProperties, none, readWork,
         "read:comment.property:jira"},
        {"GET", "/rest/api/3/comment/{commentId}/properties/{propertyKey}", h::commentProperty, none,
         readWork, "read:comment.property:jira"},
        {"PUT", "/rest/api/3/comment/{commentId}/properties/{propertyKey}", h::putCommentProperty, json,
         writeWork, "write:comment.property:jira"},
        {"DELETE", "/rest/api/3/comment/{commentId}/properties/{propertyKey}", h::deleteCommentProperty, none,
         writeWork, "delete:comment.property:jira"},
        {"GET", "/rest/api/3/issue/{issueIdOrKey}/remotelink", h::remoteLinks, none, readWork,
         "read:issue.remote-link:jira read:status:jira"},
        {"POST", "/rest/api/3/issue/{issueIdOrKey}/remotelink", h::putRemoteLink, json, writeWork,
         linkScopes},
        {"DELETE", "/rest/api/3/issue/{issueIdOrKey}/remotelink", h::deleteRemoteLink, Body::TypeOnly,
         writeWork, "delete:issue.remote-link:jira write:issue:jira"},
        {"GET", "/rest/api/3/issue/{issueIdOrKey}/properties", h::properties, none, readWork,
         "read:issue.property:jira"},
        {"GET", "/rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}", h::property, none, readWork,
         "read:issue.property:jira"},
        {"PUT", "/rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}", h::putProperty, json, writeWork,
         "write:issue.property:jira"},
        {"DELETE", "/rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}", h::deleteProperty, none,
         writeWork, "delete:issue.property:jira"},
        {"GET", "/rest/api/3/search/jql", h::searchGet, none, readWork, searchGetScopes},
        {"POST", "/rest/api/3/search/jql", h::searchPost, json, readWork, searchPostScopes},
        {"POST", "/rest/api/3/search/approximate-count", h::countIssues, json, readWork, searchPostScopes},
        {"POST", "/rest/api/3/webhook", h::registerWebhooks, json, webhookScopes,
         "read:field:jira read:project:jira write:webhook:jira"},
        {"GET", "/rest/api/3/webhook", h::webhooks, none, webhookScopes, "read:webhook:jira read:jql:jira"},
        {"DELETE", "/rest/api/3/webhook", h::deleteWebhooks, json, webhookScopes, "delete:webhook:jira"},
        {"PUT", "/rest/api/3/webhook/refresh", h::refreshWebhooks, json, webhookScopes,
         "write:webhook:jira read:webhook:jira"},
        {"GET", "/rest/api/3/search", h::removedSearch, none, readWork},
        {"POST", "/rest/api/3/search", h::removedSearch, none, readWork},
    };
}

std::vector<Route> controlRoutes() {
    const auto json = Body::Json;
    return {
        {"GET", "/_sim/health", h::health},
        {"GET", "/_sim/state", h::state},
        {"GET", "/_sim/issues", h::listIssues},
        {"GET", "/_sim/issues/{key}", h::controlIssue},
        {"POST", "/_sim/issues/{key}/edit", h::controlEdit, json},
        {"POST", "/_sim/issues/{key}/transition", h::controlMove, json},
        {"POST", "/_sim/issues/{key}/comment", h::controlComment, json},
        {"POST", "/_sim/issues/{key}/comments/{id}", h::controlEditComment, json},
        {"DELETE", "/_sim/issues/{key}/comments/{id}", h::controlDeleteComment},
        {"POST", "/_sim/issues/{key}/move", h::controlRelocate, json},
        {"POST", "/_sim/issues/{key}/clone", h::controlClone, json},
        {"POST", "/_sim/issues/{key}/archive", h::controlArchive, json},
        {"DELETE", "/_sim/issues/{key}", h::controlDelete},
        {"GET", "/_sim/faults", h::listFaults},
        {"POST", "/_sim/faults", h::addFault, json},
        {"DELETE", "/_sim/faults", h::clearFaults},
        {"DELETE", "/_sim/faults/{id}", h::removeFault},
        {"GET", "/_sim/requests", h::requestCounts},
        {"DELETE", "/_sim/trace", h::clearTrace},
        {"POST", "/_sim/consent", h::consent, json},
        {"GET", "/_sim/secrets", h::secrets},
        {"GET", "/_sim/grants", h::grants},
        {"POST", "/_sim/grants/revoke", h::revokeGrants, json},
        {"POST", "/_sim/tokens/expire", h::expireTokens},
        {"GET", "/_sim/applinks", h::dc::listAppLinks},
        {"POST", "/_sim/applinks", h::dc::addAppLink, json},
        {"POST", "/_sim/applinks/{id}", h::dc::changeAppLink, json},
        {"DELETE", "/_sim/applinks/{id}", h::dc::removeAppLink},
        {"GET", "/_sim/webhooks", h::listWebhooks},
        {"POST", "/_sim/webhooks/flush-retries", h::flushDeliveries},
        {"POST", "/_sim/webhooks/{id}", h::setWebhook, json},
        {"DELETE", "/_sim/webhooks/{id}", h::removeWebhook},
        {"GET", "/_sim/deliveries", h::listDeliveries},
        {"DELETE", "/_sim/deliveries", h::clearDeliveries},
        {"POST", "/_sim/clock", h::advanceClock, json},
        {"POST", "/_sim/world", h::changeWorld, json},
    };
}

std::vector<Route> pageRoutes() {
    std::vector<Route> list = administrationRoutes();
    const std::vector<Route> boards = {
        {"GET", "/", h::home},
        {"GET", "/browse/{key}", h::issuePage},
        {"POST", "/browse/{key}/transition", h::pressTransition, Body::Form},
        {"POST", "/browse/{key}/comment", h::pressComment, Body::Form},
        {"GET", "/projects/{project}", h::board},
        {"GET", "/sites/{site}", h::home},
        {"GET", "/sites/{site}/browse/{key}", h::issuePage},
        {"POST", "/sites/{site}/browse/{key}/transition", h::pressTransition, Body::Form},
        {"POST", "/sites/{site}/browse/{key}/comment", h::pressComment, Body::Form},
        {"GET", "/sites/{site}/projects/{project}", h::board},
        {"GET", "/_assets/style.css", h::styleSheet},
        {"GET", "/_assets/avatar.svg", h::avatar},
    };
    list.insert(list.end(), boards.begin(), boards.end());
    return list;
}

} // namespace

const std::vector<Route>& routes(Area area) {
    static const std::vector<Route> auth = prepared(authRoutes()), rest = prepared(restRoutes()),
                                    control = prepared(controlRoutes()), pages = prepared(pageRoutes()),
                                    dataCenter = prepared(dataCenterRoutes()),
                                    servlets = prepared(oauth1Routes()), nothing;
    switch (area) {
    case Area::Auth:
        return auth;
    case Area::Gateway:
        return rest;
    case Area::Control:
        return control;
    case Area::Pages:
        return pages;
    case Area::Rest:
        return dataCenter;
    case Area::Servlet:
        return servlets;
    default:
        return nothing;
    }
}

} // namespace jira_sim
