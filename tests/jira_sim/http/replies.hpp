#pragma once

#include <string>
#include <vector>

#include "http/exchange.hpp"

/// The error envelopes that Jira Cloud and its gateway use.
namespace jira_sim {

/// What a validation found; becomes `{"errorMessages":[...],"errors":{...}}`.
struct ErrorCollection {
    std::vector<std::string> messages;
    std::vector<std::pair<std::string, std::string>> fields;

    bool empty() const { return messages.empty() && fields.empty(); }
    void field(const std::string& id, const std::string& text);
    json::ObjectPtr toJson() const;
};

namespace reply {

Response errors(int status, const ErrorCollection& errors);
Response message(int status, const std::string& text);
Response field(int status, const std::string& id, const std::string& text);
/// Body parse problems: `{"errorMessages":[...]}` without `errors`.
Response bodyProblem(const std::string& text);
/// `Invalid request payload...`: the body is JSON, and not what the operation takes.
Response invalidPayload();
/// The gateway's own refusals: bare application/json with `code` and `message`.
Response gateway(int status, const std::string& text);
/// RFC 7807.
Response problem(int status, const std::string& title, const std::string& detail, const Request& request);
/// A query parameter that is not of its type.
Response badParameter(const Request& request, const std::string& name, const std::string& value);
/// The token endpoint's shape.
Response oauth(int status, const std::string& error, const std::string& description);
Response issueNotFound();

} // namespace reply
} // namespace jira_sim
