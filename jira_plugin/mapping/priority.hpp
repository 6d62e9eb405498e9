#pragma once

#include "host/finding.hpp"
#include "jira/client.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::mapping {

struct PriorityChoice {
    std::optional<std::string> id; ///< nothing when the project allows no priority at all
    std::string name;              ///< as Jira shows it
    std::string note;              ///< why the configured priority was not taken; usually empty
};

/// Which of the allowed priorities a severity becomes: the configured one while the project still has it,
/// else the one of that name (in the words of whichever family the project uses: Highest..Lowest,
/// Critical..Info, Blocker..Trivial, P1..P5, P0..P4), else by position, since Jira lists the most urgent
/// first.
PriorityChoice choosePriority(host::Severity severity, const std::string& configuredId,
                              const std::vector<jira::AllowedValue>& allowed);

} // namespace jira_plugin::mapping
