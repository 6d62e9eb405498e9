#include "routes.hpp"

#include "handlers.hpp"

namespace jira_plugin::settings {

const std::vector<Route>& routes() {
    using A = Access;
    static const std::vector<Route> table{
        {"GET", "/api/session", A::Member, {}, showSession},
        {"GET", "/api/openapi.json", A::Member, {}, showDescription},

        {"GET", "/api/connection", A::Reader, {}, showConnection},
        {"DELETE", "/api/connection", A::Admin, {}, disconnect},
        {"POST", "/api/connection/cloud/authorize", A::Admin, {}, authorizeCloud},
        {"GET", "/api/connection/sites", A::Admin, {}, listSites},
        {"POST", "/api/connection/site", A::Admin, {}, chooseSite},
        {"GET", "/api/connection/data-center", A::Admin, {}, showDataCenter},
        {"POST", "/api/connection/data-center/keys", A::Admin, {}, regenerateKeys},
        {"POST", "/api/connection/data-center/verify", A::Admin, {}, verifyServer},
        {"POST", "/api/connection/handover", A::Admin, {}, createHandover},
        {"DELETE", "/api/connection/handover", A::Admin, {}, revokeHandover},
        // The token in the path is the right to connect once, and to nothing else.
        {"GET", "/api/handover/{token}", A::Member, {}, showHandover},
        {"POST", "/api/handover/{token}/authorize", A::Member, {}, authorizeHandover},
        {"POST", "/api/handover/{token}/site", A::Member, {}, chooseHandoverSite},
        // The state in the query is bound to the user who began, so that no role is asked for here.
        {"GET", "/oauth/callback", A::Member, {"*"}, finishOauth},
        {"GET", "/oauth1/callback", A::Admin, {"*"}, finishOauth1},

        {"GET", "/api/jira/projects", A::Reader, {"query", "startAt"}, listJiraProjects},
        {"GET", "/api/jira/projects/{id}/issue-types", A::Reader, {}, listIssueTypes},
        {"GET", "/api/jira/projects/{id}/issue-types/{typeId}/fields", A::Reader, {}, showCreateScreen},
        {"GET", "/api/jira/projects/{id}/assignable-users", A::Reader, {"query"}, listAssignableUsers},
        {"GET", "/api/jira/projects/{id}/statuses", A::Reader, {"issueType"}, listStatuses},
        {"GET", "/api/jira/projects/{id}/transition-fields", A::Reader, {"issueType"}, listTransitionFields},
        {"GET", "/api/jira/resolutions", A::Reader, {}, listResolutions},

        {"GET", "/api/projects", A::Reader, {}, listProjects},
        {"GET", "/api/mappings", A::Reader, {"format"}, exportMappings},
        {"POST", "/api/mappings/batch", A::Reader, {}, saveMappings},
        {"POST", "/api/mappings/import", A::Reader, {"dryRun"}, importMappings},
        {"GET", "/api/mappings/{project}", A::Reader, {"check"}, showMapping},
        {"PUT", "/api/mappings/{project}", A::Reader, {}, saveMapping},
        {"DELETE", "/api/mappings/{project}", A::Reader, {}, removeMapping},

        {"GET", "/api/field-mapping", A::Reader, {}, showOrganisationFields},
        {"PUT", "/api/field-mapping", A::Admin, {}, saveOrganisationFields},
        {"GET", "/api/field-mapping/{project}", A::Reader, {}, showProjectFields},
        {"PUT", "/api/field-mapping/{project}", A::Reader, {}, saveProjectFields},
        {"DELETE", "/api/field-mapping/{project}", A::Reader, {}, removeProjectFields},

        {"GET", "/api/sync-settings", A::Reader, {}, showOrganisationSync},
        {"PUT", "/api/sync-settings", A::Admin, {}, saveOrganisationSync},
        {"GET", "/api/sync-settings/{project}", A::Reader, {}, showProjectSync},
        {"PUT", "/api/sync-settings/{project}", A::Reader, {}, saveProjectSync},
        {"DELETE", "/api/sync-settings/{project}", A::Reader, {}, removeProjectSync},

        {"GET", "/api/findings", A::Reader, {"project", "text", "limit"}, listFindings},
        {"GET", "/api/findings/{finding}/explanation", A::Reader, {}, explainFinding},
        {"POST", "/api/preview", A::Reader, {}, previewTicket},
        {"GET", "/api/pushes", A::Reader, {"state", "project", "cause", "text", "after"}, listPushes},
        {"POST", "/api/pushes/retry", A::Reader, {}, retryPushes},
        {"GET", "/api/pushes/{finding}", A::Reader, {}, showPush},

        {"POST", "/api/links/relink", A::Admin, {}, relinkTickets},
        {"POST", "/api/links/{finding}", A::Reader, {}, linkTicket},
        {"DELETE", "/api/links/{finding}", A::Reader, {}, unlinkTicket},
        {"POST", "/api/links/{finding}/create-again", A::Reader, {}, createTicketAgain},

        {"GET", "/api/webhook", A::Reader, {}, showWebhook},
        {"POST", "/api/webhook/check", A::Admin, {}, checkWebhook},
        {"POST", "/api/webhook/repair", A::Admin, {}, repairWebhook},
        {"POST", "/api/webhook/rotate", A::Admin, {}, rotateWebhook},
        {"POST", "/api/webhook/secret", A::Admin, {}, revealWebhookSecret},
        {"GET", "/api/reconciliation", A::Reader, {}, showReconciliation},
        {"POST", "/api/reconciliation", A::Admin, {}, startReconciliation},
        {"GET", "/api/sync/queue", A::Reader, {}, showSyncQueue},
        {"POST", "/api/sync/retry", A::Admin, {}, retrySyncQueue},
        {"DELETE", "/api/sync/outgoing/{id}", A::Admin, {}, dropOutgoing},

        {"POST", "/api/test-tickets", A::Reader, {}, sendTestTicket},
        {"GET", "/api/test-tickets", A::Reader, {}, listTestTickets},
        {"GET", "/api/test-tickets/{id}", A::Reader, {}, showTestTicket},
        {"DELETE", "/api/test-tickets/{id}", A::Reader, {}, deleteTestTicket},

        {"GET", "/api/checks", A::Reader, {}, listChecks},
        {"POST", "/api/checks/run", A::Reader, {}, runChecks},
        {"POST", "/api/checks/fix", A::Reader, {}, fixCheck},
        {"GET", "/api/support-bundle", A::Admin, {}, showSupportBundle},
    };
    return table;
}

} // namespace jira_plugin::settings
