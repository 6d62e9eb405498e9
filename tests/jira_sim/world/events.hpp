#pragma once

#include <string>

#include "world/model.hpp"

namespace jira_sim {

struct Site;

/// Something that happened to an issue, for those who asked to be told. Made under the world's mutex.
struct Event {
    Site& site;
    std::string name; ///< as webhooks call it: `jira:issue_updated`, `comment_created`, ...
    IssuePtr issue;   ///< afterwards; of a deletion: before
    std::string actorId;
    Change change{};             ///< of issue_created and issue_updated
    Comment comment{};           ///< of comment_*
    std::string propertyKey{};   ///< of issue_property_*
    std::string propertyValue{}; ///< JSON text, of issue_property_set
};

} // namespace jira_sim
