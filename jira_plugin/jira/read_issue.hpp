#pragma once

#include "client.hpp"

#include <string>
#include <vector>

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// An issue of a search or a read. A null or incomplete object gives empty members.
Issue readIssue(const Poco::JSON::Object::Ptr& object);

/// The same with its fields as JSON texts.
StoredIssue readStoredIssue(const Poco::JSON::Object::Ptr& object);

/// Appends the issues of a search.
void appendIssues(std::vector<Issue>& issues, const Poco::JSON::Array::Ptr& found);

/// Data Center knows no account ids: there the user name stands in.
User readUser(const Poco::JSON::Object::Ptr& object);
std::vector<User> readUsers(const Poco::JSON::Array::Ptr& array);

/// The body of Cloud's POST search/jql. fields: names separated by commas; pageToken: empty on the first
/// page.
std::string searchBody(const std::string& jql, const std::string& fields, int maxResults,
                       const std::string& pageToken);
/// The body of Data Center's POST search.
std::string searchBody(const std::string& jql, const std::string& fields, int maxResults,
                       std::int64_t startAt);
/// The same, where values that do not exist are passed over and not refused.
std::string unvalidatedSearchBody(const std::string& jql, const std::string& fields, int maxResults,
                                  std::int64_t startAt);

} // namespace jira_plugin::jira
