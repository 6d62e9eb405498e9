#pragma once

#include <map>
#include <string>

#include "http/call.hpp"
#include "http/router.hpp"

namespace jira_sim {

/// What stands before the handlers of Jira Data Center: who asks, the rate limit, the body. Any thread.
class DataCenter {
public:
    explicit DataCenter(Services& services) : _services(services) {}

    Response rest(Request& request, const Match& match, const FaultPlan& plan);
    /// The OAuth 1.0a provider, whose messages carry their own credentials.
    Response servlet(Request& request, const Match& match, const FaultPlan& plan);
    /// The headers of every answer of a node.
    void addHeaders(Response& response);

private:
    /// Null when nobody is logged in. Throws Refusal, OAuth1Problem.
    const User* identify(const Request& request, const FaultPlan& plan);
    const User* byPassword(const std::string& credentials);
    Response limited(Request& request, const Match& match, const FaultPlan& plan, const User& user);
    Response answer(Request& request, const Match& match, const FaultPlan& plan, const User* user);

    Services& _services;
    std::map<std::string, int> _failedLogins; ///< guarded by the world's mutex
};

} // namespace jira_sim
