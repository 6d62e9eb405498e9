#pragma once

#include "issue_state.hpp"

#include <optional>

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// The fields that readIssueState looks at, separated by commas.
constexpr const char* stateFields =
    "summary,project,issuetype,status,resolution,priority,assignee,duedate,labels,updated";

/// Nothing when the id or the status category is missing: taken as "not done", such an answer would reopen
/// findings.
std::optional<IssueState> readIssueState(const Poco::JSON::Object::Ptr& object);

/// All that can be read.
std::vector<IssueState> readIssueStates(const Poco::JSON::Array::Ptr& issues);

/// Of the ids asked for, those that the answer does not name at all.
std::vector<std::string> missingOf(const std::vector<std::string>& asked,
                                   const Poco::JSON::Array::Ptr& answered);

} // namespace jira_plugin::jira
