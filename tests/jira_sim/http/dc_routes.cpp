#include "handlers/dc_handlers.hpp"
#include "handlers/handlers.hpp"
#include "http/router.hpp"

/// The surface of Jira Data Center. Paths as in Atlassian's description of its REST API, below {base}/rest.
namespace jira_sim {

namespace {

namespace h = handle;

Route open(Route route) {
    route.anonymous = true;
    return route;
}

} // namespace

std::vector<Route> dataCenterRoutes() {
    const auto json = Body::Json;
    return {
        open({"GET", "/rest/api/2/serverInfo", h::dc::serverInfo}),
        {"GET", "/rest/api/2/myself", h::myself},
        {"GET", "/rest/api/2/mypermissions", h::dc::myPermissions},
        open({"GET", "/rest/api/2/project", h::dc::projects}),
        open({"GET", "/rest/api/2/project/{projectIdOrKey}", h::project}),
        open({"GET", "/rest/api/2/project/{projectIdOrKey}/statuses", h::projectStatuses}),
        open({"GET", "/rest/api/2/issue/createmeta", h::dc::createMeta}),
        open(
            {"GET", "/rest/api/2/issue/createmeta/{projectIdOrKey}/issuetypes", h::dc::createMetaIssueTypes}),
        open({"GET", "/rest/api/2/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}",
              h::dc::createMetaFields}),
        {"GET", "/rest/api/2/priority", h::priorities},
        {"GET", "/rest/api/2/priority/page", h::dc::priorityPage},
        {"GET", "/rest/api/2/priority/{id}", h::priority},
        {"GET", "/rest/api/2/field", h::fields},
        open({"GET", "/rest/api/2/status", h::statuses}),
        open({"GET", "/rest/api/2/resolution", h::dc::resolutions}),
        {"GET", "/rest/api/2/user/assignable/search", h::dc::assignableUsers},
        {"GET", "/rest/api/2/user", h::dc::user},
        {"POST", "/rest/api/2/issue", h::createIssue, json},
        {"POST", "/rest/api/2/issue/bulk", h::createIssues, json},
        open({"GET", "/rest/api/2/issue/{issueIdOrKey}", h::getIssue}),
        {"PUT", "/rest/api/2/issue/{issueIdOrKey}", h::editIssue, json},
        {"DELETE", "/rest/api/2/issue/{issueIdOrKey}", h::deleteIssue},
        {"PUT", "/rest/api/2/issue/{issueIdOrKey}/assignee", h::assignIssue, json},
        {"GET", "/rest/api/2/issue/{issueIdOrKey}/editmeta", h::editMeta},
        {"GET", "/rest/api/2/issue/{issueIdOrKey}/transitions", h::transitions},
        {"POST", "/rest/api/2/issue/{issueIdOrKey}/transitions", h::transition, json},
        {"GET", "/rest/api/2/issue/{issueIdOrKey}/comment", h::comments},
        {"POST", "/rest/api/2/issue/{issueIdOrKey}/comment", h::addComment, json},
        {"GET", "/rest/api/2/issue/{issueIdOrKey}/comment/{id}", h::comment},
        {"PUT", "/rest/api/2/issue/{issueIdOrKey}/comment/{id}", h::editComment, json},
        {"DELETE", "/rest/api/2/issue/{issueIdOrKey}/comment/{id}", h::deleteComment},
        {"GET", "/rest/api/2/comment/{commentId}/properties", h::commentProperties},
        {"GET", "/rest/api/2/comment/{commentId}/properties/{propertyKey}", h::commentProperty},
        {"PUT", "/rest/api/2/comment/{commentId}/properties/{propertyKey}", h::putCommentProperty, json},
        {"DELETE", "/rest/api/2/comment/{commentId}/properties/{propertyKey}", h::deleteCommentProperty},
        {"GET", "/rest/api/2/issue/{issueIdOrKey}/remotelink", h::remoteLinks},
        {"POST", "/rest/api/2/issue/{issueIdOrKey}/remotelink", h::putRemoteLink, json},
        {"DELETE", "/rest/api/2/issue/{issueIdOrKey}/remotelink", h::deleteRemoteLink},
        {"GET", "/rest/api/2/issue/{issueIdOrKey}/properties", h::properties},
        {"GET", "/rest/api/2/issue/{issueIdOrKey}/properties/{propertyKey}", h::property},
        {"PUT", "/rest/api/2/issue/{issueIdOrKey}/properties/{propertyKey}", h::putProperty, json},
        {"DELETE", "/rest/api/2/issue/{issueIdOrKey}/properties/{propertyKey}", h::deleteProperty},
        {"GET", "/rest/webhooks/1.0/webhook", h::dc::oldWebhooks},
        {"POST", "/rest/webhooks/1.0/webhook", h::dc::addOldWebhook, json},
        {"GET", "/rest/webhooks/1.0/webhook/{id}", h::dc::oldWebhook},
        {"PUT", "/rest/webhooks/1.0/webhook/{id}", h::dc::changeOldWebhook, json},
        {"DELETE", "/rest/webhooks/1.0/webhook/{id}", h::dc::removeOldWebhook},
        {"GET", "/rest/jira-webhook/1.0/webhooks", h::dc::webhooks},
        {"POST", "/rest/jira-webhook/1.0/webhooks", h::dc::addWebhook, json},
        {"GET", "/rest/jira-webhook/1.0/webhooks/{id}", h::dc::webhook},
        {"PUT", "/rest/jira-webhook/1.0/webhooks/{id}", h::dc::changeWebhook, json},
        {"DELETE", "/rest/jira-webhook/1.0/webhooks/{id}", h::dc::removeWebhook},
        {"GET", "/rest/jira-webhook/1.0/webhooks/{id}/statistics", h::dc::webhookStatistics},
        {"GET", "/rest/jira-webhook/1.0/webhooks/{id}/latest", h::dc::latestDelivery},
        open({"GET", "/rest/api/2/search", h::dc::searchGet}),
        open({"POST", "/rest/api/2/search", h::dc::searchPost, json}),
    };
}

std::vector<Route> oauth1Routes() {
    return {
        {"POST", "/plugins/servlet/oauth/request-token", h::dc::requestToken},
        {"GET", "/plugins/servlet/oauth/authorize", h::dc::authorize},
        {"POST", "/plugins/servlet/oauth/authorize", h::dc::decide, Body::Form},
        {"POST", "/plugins/servlet/oauth/access-token", h::dc::accessToken},
    };
}

std::vector<Route> administrationRoutes() {
    return {
        {"GET", "/login.jsp", h::dc::loginPage},
        {"GET", "/plugins/servlet/applinks/listApplicationLinks", h::dc::appLinksPage},
        {"POST", "/plugins/servlet/applinks/listApplicationLinks", h::dc::appLinkStep, Body::Form},
        {"POST", "/plugins/servlet/applinks/delete", h::dc::deleteAppLink, Body::Form},
        {"GET", "/plugins/servlet/oauth/users/access-tokens", h::dc::accessTokensPage},
        {"POST", "/plugins/servlet/oauth/users/access-tokens", h::dc::revokeAccessToken, Body::Form},
    };
}

} // namespace jira_sim
