#pragma once

#include "transport.hpp"

#include <map>
#include <string>
#include <vector>

#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// What Jira says about a failure, out of whatever shape it came in.
struct ErrorBody {
    std::vector<std::string> messages;
    std::map<std::string, std::string> fields; ///< by field id
    bool isPage = false;                       ///< HTML: a login page, a proxy's or Tomcat's error page

    /// All of it on one line: "priority: Priority name 'x' is not valid". Empty when the body says nothing.
    std::string text() const;
};

/// Knows errorMessages + errors, RFC 7807 problems, the gateway's code + message, the token endpoint's error
/// + error_description, Data Center's message + status-code and messages[].key, plain text, HTML and nothing.
ErrorBody readErrorBody(const HttpResponse& response);
/// The same for the elementErrors of a bulk answer.
ErrorBody readErrorObject(const Poco::JSON::Object::Ptr& object);

} // namespace jira_plugin::jira
