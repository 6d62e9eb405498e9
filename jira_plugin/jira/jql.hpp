#pragma once

#include <string>
#include <vector>

namespace jira_plugin::jira {

/// A value as a JQL string: in double quotes, with backslash and quote escaped, so that no value can end it.
std::string jqlString(const std::string& value);

/// A bounded query for issues that carry any of the labels; at least one label.
std::string jqlForLabels(const std::vector<std::string>& labels);

} // namespace jira_plugin::jira
