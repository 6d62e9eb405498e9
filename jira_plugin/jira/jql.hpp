#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::jira {

/// A value as a JQL string: in double quotes, with backslash and quote escaped, so that no value can end it.
std::string jqlString(const std::string& value);

/// A bounded query for issues that carry any of the labels; at least one label.
std::string jqlForLabels(const std::vector<std::string>& labels);

/// A bounded query for the issues with these numeric ids; at least one.
std::string jqlForIds(const std::vector<std::string>& issueIds);

/// A bounded query for the issues of these projects, by numeric id, that changed at or after a time; at least
/// one project. Newest first: what changes while the pages are read moves to pages that were read already,
/// and pushes none of the others out of them.
std::string jqlForChanges(const std::vector<std::string>& projectIds, std::int64_t sinceMs);

} // namespace jira_plugin::jira
