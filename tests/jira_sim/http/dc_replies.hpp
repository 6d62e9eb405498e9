#pragma once

#include "http/exchange.hpp"
#include "http/faults.hpp"
#include "world/oauth1.hpp"

/// How Jira Data Center refuses: JSON from its resources, and HTML from everything in front of them.
namespace jira_sim::reply::dc {

/// An error page of Tomcat.
Response tomcat(int status, const std::string& message);
/// The REST framework's own refusals: `{"message":...,"status-code":...}`.
Response framework(int status, const std::string& message);
/// No such resource, or a query parameter that is not of its type.
Response notFound(const std::string& origin, const Request& request);
Response issueHidden(bool exists, bool anonymous);
/// 401 for nobody, in JSON; `baseUrl` is the realm.
Response anonymous(const std::string& baseUrl);
/// 401 for a wrong password or token, as a page.
Response wrongCredentials(const std::string& baseUrl);
/// 403: the password was not even looked at.
Response captcha(const std::string& baseUrl);
/// Refused OAuth: status by problem, header and form-encoded body.
Response oauthProblem(const std::string& baseUrl, const OAuth1Problem& problem);
Response toLogin(const std::string& contextPath, const Request& request);
/// What a `status` fault answers.
Response fault(const FaultPlan& plan, std::int64_t nowMs);

} // namespace jira_sim::reply::dc
