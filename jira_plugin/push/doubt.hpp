#pragma once

#include "jira/client.hpp"
#include "store/outbox_row.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::push {

/// What follows from looking up an issue in doubt.
struct DoubtRuling {
    enum class Kind {
        Adopt,     ///< it was created: issue is the finding's ticket
        Resend,    ///< it was not created
        LookAgain, ///< too early to tell
        Park       ///< a person must decide
    };
    Kind kind = Kind::LookAgain;
    jira::Issue issue;                ///< with Adopt
    std::vector<jira::Issue> doubles; ///< with Adopt: others with the same label, the older first
    std::string cause;                ///< with Park
    std::string message;
    std::string remedy;
};

/// Decides on a row in doubt. found: issues that carry its label according to Jira's search. lookedUpAtMs:
/// when that search began; system: the Jira that was asked. Absence only counts in a search that began when
/// the settling time was over. Pure.
DoubtRuling ruleOnDoubt(const store::OutboxRow& row, const std::string& system,
                        const std::vector<jira::Issue>& found, std::int64_t lookedUpAtMs,
                        std::int64_t settleMs);

} // namespace jira_plugin::push
