#pragma once

#include "jira/fields.hpp"
#include "settings.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// What a screen on the way is filled with.
struct ScreenFill {
    std::map<std::string, std::string> values; ///< JSON by field id
    std::vector<std::string> missing;          ///< names of required fields that nothing fills
};

/// What there is to fill screens with.
struct FillSources {
    const std::map<std::string, std::string>& chosen; ///< Target::fields
    Occasion occasion = Occasion::Resolved;
    std::set<std::string> alreadySet; ///< fields that hold a value already, by id
};

/// Fills a transition's screen. toDone: the transition ends in a status of the category done, where a
/// resolution belongs. Leaves alone what is optional and was not chosen. Pure.
ScreenFill fillScreen(const jira::CreateScreen& screen, bool toDone, const FillSources& sources);

/// The resolution that fits an occasion among those allowed, by the names that Jira and its users give them.
std::optional<jira::AllowedValue> fittingResolution(Occasion occasion,
                                                    const std::vector<jira::AllowedValue>& allowed);

} // namespace jira_plugin::sync
