#pragma once

#include "http/call.hpp"

/// Handlers that Jira Data Center alone has, or has in another shape than Cloud.
namespace jira_sim::handle::dc {

// dc_server_info.cpp
Response serverInfo(Call& call);
Response myPermissions(Call& call);
// dc_lookups.cpp
Response projects(Call& call);
Response priorityPage(Call& call);
Response resolutions(Call& call);
Response assignableUsers(Call& call);
Response user(Call& call);
// dc_createmeta.cpp
Response createMeta(Call& call);
Response createMetaIssueTypes(Call& call);
Response createMetaFields(Call& call);
// dc_search.cpp
Response searchGet(Call& call);
Response searchPost(Call& call);

// dc_oauth.cpp
Response requestToken(Call& call);
Response authorize(Call& call);
Response decide(Call& call);
Response accessToken(Call& call);
/// The consent without a browser; see control.
Response consent(Call& call);
// dc_administration.cpp
Response loginPage(Call& call);
Response appLinksPage(Call& call);
Response appLinkStep(Call& call);
Response deleteAppLink(Call& call);
Response accessTokensPage(Call& call);
Response revokeAccessToken(Call& call);

// dc_webhooks.cpp: up to 9.x
Response oldWebhooks(Call& call);
Response addOldWebhook(Call& call);
Response oldWebhook(Call& call);
Response changeOldWebhook(Call& call);
Response removeOldWebhook(Call& call);
// dc_webhooks.cpp: since 10.0
Response webhooks(Call& call);
Response addWebhook(Call& call);
Response webhook(Call& call);
Response changeWebhook(Call& call);
Response removeWebhook(Call& call);
Response webhookStatistics(Call& call);
Response latestDelivery(Call& call);

// control_data_center.cpp
Response listAppLinks(Call& call);
Response addAppLink(Call& call);
Response changeAppLink(Call& call);
Response removeAppLink(Call& call);
Response grants(Call& call);

} // namespace jira_sim::handle::dc
