#pragma once

#include "client.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::jira {

/// One page of the projects whose name or key has the query in it, whatever the case: for a server that
/// answers all projects at once.
Page<ProjectRef> projectPage(const std::vector<ProjectRef>& all, const std::string& query,
                             std::int64_t startAt, int maxResults);

} // namespace jira_plugin::jira
