#pragma once

#include <string>

/// Files that travel inside the program; made from the sources at configure time.
namespace jira_sim::embedded {

const std::string& adfSchema();
const std::string& styleSheet();

} // namespace jira_sim::embedded
