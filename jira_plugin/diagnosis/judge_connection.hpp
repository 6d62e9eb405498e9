#pragma once

#include "check.hpp"

#include "connection/cloud_app.hpp"
#include "connection/cloud_connections.hpp"
#include "jira/client.hpp"

#include <cstdint>
#include <string>

/// Pure judgements about what the operator configured and what Atlassian granted.
namespace jira_plugin::diagnosis {

Judgement judgeConfiguration(const connection::CloudApp& app);
/// url: of the settings page; callback: what is registered with Atlassian.
Judgement judgePublicUrl(const std::string& url, const std::string& callback);
/// A token that Jira has just accepted.
Judgement judgeToken(const connection::ConnectionStatus& status, std::int64_t nowMs);
Judgement judgeScopes(const connection::ConnectionStatus& status);
Judgement judgeAccount(const jira::User& user);
/// firstPage: of the projects in which the account may create issues.
Judgement judgeProjects(const jira::Page<jira::ProjectRef>& firstPage);
} // namespace jira_plugin::diagnosis
