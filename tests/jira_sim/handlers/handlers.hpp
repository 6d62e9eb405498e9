#pragma once

#include "http/call.hpp"

/// All handlers by subject; http/routes.cpp says which path leads to which.
namespace jira_sim::handle {

// auth.cpp
Response authorize(Call& call);
Response decide(Call& call);
Response errorPage(Call& call);
// token.cpp
Response token(Call& call);
Response accessibleResources(Call& call);
Response grantor(Call& call);

// server_info.cpp
Response serverInfo(Call& call);
Response myself(Call& call);
Response myPermissions(Call& call);
// users.cpp
Response assignableUsers(Call& call);
Response user(Call& call);
// projects.cpp
Response searchProjects(Call& call);
Response project(Call& call);
Response projectStatuses(Call& call);
Response priorities(Call& call);
Response priority(Call& call);
Response searchPriorities(Call& call);
Response fields(Call& call);
Response statuses(Call& call);
Response resolutions(Call& call);
// createmeta.cpp
Response createMetaIssueTypes(Call& call);
Response createMetaFields(Call& call);
Response editMeta(Call& call);

// issues.cpp
Response createIssue(Call& call);
Response createIssues(Call& call);
Response getIssue(Call& call);
Response editIssue(Call& call);
Response assignIssue(Call& call);
Response deleteIssue(Call& call);
Response fetchIssues(Call& call);
Response changelog(Call& call);
// transitions.cpp
Response transitions(Call& call);
Response transition(Call& call);
// comments.cpp
Response comments(Call& call);
Response addComment(Call& call);
Response comment(Call& call);
Response editComment(Call& call);
Response deleteComment(Call& call);
// comment_properties.cpp
Response listComments(Call& call);
Response commentProperties(Call& call);
Response commentProperty(Call& call);
Response putCommentProperty(Call& call);
Response deleteCommentProperty(Call& call);
// links.cpp
Response remoteLinks(Call& call);
Response putRemoteLink(Call& call);
Response deleteRemoteLink(Call& call);
Response properties(Call& call);
Response property(Call& call);
Response putProperty(Call& call);
Response deleteProperty(Call& call);
// search.cpp
Response searchGet(Call& call);
Response searchPost(Call& call);
Response countIssues(Call& call);
Response removedSearch(Call& call);

// webhooks.cpp
Response registerWebhooks(Call& call);
Response webhooks(Call& call);
Response refreshWebhooks(Call& call);
Response deleteWebhooks(Call& call);

// control*.cpp
Response health(Call& call);
Response state(Call& call);
Response listIssues(Call& call);
Response controlIssue(Call& call);
Response controlEdit(Call& call);
Response controlMove(Call& call);
Response controlComment(Call& call);
Response controlDelete(Call& call);
Response controlEditComment(Call& call);
Response controlDeleteComment(Call& call);
Response controlRelocate(Call& call);
Response controlClone(Call& call);
Response controlArchive(Call& call);
Response listFaults(Call& call);
Response addFault(Call& call);
Response clearFaults(Call& call);
Response removeFault(Call& call);
Response requestCounts(Call& call);
Response clearTrace(Call& call);
Response consent(Call& call);
Response expireTokens(Call& call);
Response revokeGrants(Call& call);
Response secrets(Call& call);
Response grants(Call& call);
Response advanceClock(Call& call);
Response changeWorld(Call& call);
Response listWebhooks(Call& call);
Response setWebhook(Call& call);
Response removeWebhook(Call& call);
Response listDeliveries(Call& call);
Response clearDeliveries(Call& call);
Response flushDeliveries(Call& call);

// pages.cpp
Response home(Call& call);
Response board(Call& call);
Response issuePage(Call& call);
Response pressTransition(Call& call);
Response pressComment(Call& call);
Response styleSheet(Call& call);
Response avatar(Call& call);

} // namespace jira_sim::handle
