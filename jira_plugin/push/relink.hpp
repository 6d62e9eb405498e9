#pragma once

#include "jira/client.hpp"

#include <string>
#include <vector>

namespace jira_plugin::push {

class PushParts;

/// What became of tickets of another Jira that were looked for in this one.
struct Relinked {
    struct Ticket {
        std::string finding;
        std::string key; ///< as it was
        std::string url; ///< where it was
        bool found = false;
        std::string newKey; ///< found
        std::string newUrl;
    };
    std::vector<Ticket> tickets; ///< in the order of the findings
    std::string next;            ///< the finding to go on after; empty: these were the last ones
};

/// Looks for the tickets of another Jira, as people move them from one Jira to the next, and links their
/// findings anew: by the label of the finding, else by the issue key when the summary is the finding's. One
/// portion; throws the types of jira/errors.hpp and store::StoreError.
Relinked relink(PushParts& parts, const std::string& organisation, const std::string& afterFinding,
                jira::Client& client);

} // namespace jira_plugin::push
