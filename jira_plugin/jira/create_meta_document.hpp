#pragma once

#include "client.hpp"

#include <string>
#include <vector>

#include <Poco/JSON/Object.h>

/// The create metadata as one document for all projects, as Data Center had it before 9.0.
/// Source: Jira 8.4.3 REST API, "Get create issue meta".
namespace jira_plugin::jira {

/// Path and query for one project: its issue types alone, or the fields of one type, too.
std::string createMetaPath(const std::string& projectIdOrKey, const std::string& issueTypeId = {});

/// Both throw Refusal when the document lacks the project (issue type): it names no one that this account
/// cannot create issues in.
std::vector<IssueType> issueTypesIn(const Poco::JSON::Object::Ptr& document,
                                    const std::string& projectIdOrKey);
CreateScreen createScreenIn(const Poco::JSON::Object::Ptr& document, const std::string& projectIdOrKey);

} // namespace jira_plugin::jira
