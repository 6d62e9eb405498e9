#pragma once

#include "host/finding.hpp"
#include "mapping/document.hpp"
#include "settings.hpp"

#include <cstddef>
#include <string>

namespace jira_plugin::sync {

/// What a comment is about.
struct Told {
    Occasion occasion = Occasion::Resolved;
    std::string who; ///< for people; "scan" and "policy" are known; empty: nobody knows
    std::string why; ///< as the actor gave it; may be empty
    std::string oldValue;
    std::string newValue;
    std::string unmoved;        ///< why the ticket was not moved, as a sentence; empty: nothing to say
    std::size_t othersOpen = 0; ///< findings that share the ticket and are not settled
    bool isShared = false;      ///< the ticket has other findings: this one must be named
};

/// The comment that tells people in Jira what happened in Mayo ASPM, with a link to the finding. The
/// finding's text is literal. Pure.
mapping::Document commentOn(const host::Finding& finding, const Told& told);

/// The same in one sentence, for the finding's timeline and the settings pages.
std::string sentenceOf(Occasion occasion, const std::string& who, const std::string& oldValue,
                       const std::string& newValue);

} // namespace jira_plugin::sync
