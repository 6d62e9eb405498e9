#pragma once

#include "context.hpp"

/// One function per route, in files by subject. All throw ApiProblem, mapping::SettingsProblem, the types of
/// jira/errors.hpp or store::StoreError.
namespace jira_plugin::settings {

// session.cpp
Response showSession(Context&);

// connection.cpp
Response showConnection(Context&);
Response authorizeCloud(Context&);
Response listSites(Context&);
Response chooseSite(Context&);
Response disconnect(Context&);
Response finishOauth(Context&); ///< oauth_callback.cpp

// data_center.cpp
Response showDataCenter(Context&);
Response regenerateKeys(Context&);
Response verifyServer(Context&);
Response finishOauth1(Context&); ///< oauth_callback.cpp

// handover.cpp
Response createHandover(Context&);
Response revokeHandover(Context&);
Response showHandover(Context&);
Response authorizeHandover(Context&);
Response chooseHandoverSite(Context&);

// jira_metadata.cpp
Response listJiraProjects(Context&);
Response listIssueTypes(Context&);
Response showCreateScreen(Context&);
Response listAssignableUsers(Context&);

// jira_workflow.cpp
Response listStatuses(Context&);
Response listResolutions(Context&);
Response listTransitionFields(Context&); ///< transition_fields.cpp

// mappings.cpp
Response listProjects(Context&);
Response showMapping(Context&);
Response saveMapping(Context&);
Response removeMapping(Context&);

// mapping_transfer.cpp
Response saveMappings(Context&);
Response exportMappings(Context&);
Response importMappings(Context&);

// field_mapping.cpp
Response showOrganisationFields(Context&);
Response saveOrganisationFields(Context&);
Response showProjectFields(Context&);
Response saveProjectFields(Context&);
Response removeProjectFields(Context&);

// sync_settings.cpp
Response showOrganisationSync(Context&);
Response saveOrganisationSync(Context&);
Response showProjectSync(Context&);
Response saveProjectSync(Context&);
Response removeProjectSync(Context&);

// webhook.cpp
Response showWebhook(Context&);
Response checkWebhook(Context&);
Response repairWebhook(Context&);
Response rotateWebhook(Context&);
Response revealWebhookSecret(Context&);

// reconciliation.cpp
Response showReconciliation(Context&);
Response startReconciliation(Context&);

// sync_queue.cpp
Response showSyncQueue(Context&);
Response retrySyncQueue(Context&);
Response dropOutgoing(Context&);

// links.cpp
Response linkTicket(Context&);
Response unlinkTicket(Context&);
Response createTicketAgain(Context&);

// findings.cpp
Response listFindings(Context&);
Response explainFinding(Context&);

// preview.cpp
Response previewTicket(Context&);

// relink.cpp
Response relinkTickets(Context&);

// pushes.cpp
Response listPushes(Context&);
Response showPush(Context&);
Response retryPushes(Context&);

// test_tickets.cpp
Response sendTestTicket(Context&);
Response listTestTickets(Context&);
Response showTestTicket(Context&);
Response deleteTestTicket(Context&);

// checks.cpp
Response listChecks(Context&);
Response runChecks(Context&);
Response fixCheck(Context&);
Response showSupportBundle(Context&);

// api.cpp
Response showDescription(Context&);

} // namespace jira_plugin::settings
