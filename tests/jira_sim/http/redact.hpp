#pragma once

#include <string>

#include "http/exchange.hpp"

/// Takes secrets out of what goes into a trace.
namespace jira_sim::redact {

/// A header's value; `[redacted]` for credentials and cookies. `Location` keeps all but the secret
/// parameters.
std::string header(const std::string& name, const std::string& value);
/// A path with query: codes, tokens and client secrets are replaced.
std::string target(const std::string& target);
/// A JSON document, deep copy: members that hold secrets and addresses that carry codes are replaced.
json::Value document(const json::Value& value);

} // namespace jira_sim::redact
