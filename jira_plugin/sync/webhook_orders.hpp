#pragma once

#include "jira/webhooks.hpp"

#include <string>
#include <vector>

/// Which webhooks an organisation should have, and whether those that Jira lists are they. Pure.
namespace jira_plugin::sync {

/// The property that the canary sets.
constexpr const char* canaryProperty = "com.mayoaspm.canary";
/// Cloud's limit for one app and one user on one site.
constexpr std::size_t mostWebhooks = 5;

/// projects: ids of the Jira projects; none: no webhook. One, or several on Cloud where the filter would be
/// too long for one.
std::vector<jira::WebhookOrder> webhookOrders(jira::Webhooks::Kind kind, const std::string& name,
                                              const std::string& url, const std::string& secret,
                                              const std::vector<std::string>& projects);

/// What is not as ordered, for a person; empty when all is. What Jira does not tell is not judged.
std::string differenceOf(const jira::WebhookOrder& order, const jira::Webhook& listed);

/// Whether Jira's filter is this one, however it writes it.
bool isSameFilter(const std::string& jql, const std::string& other);

/// The host of a URL as deliveries name it: in small letters, with ":port" unless it is the usual one.
std::string siteHostOf(const std::string& url);

} // namespace jira_plugin::sync
