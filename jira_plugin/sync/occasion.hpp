#pragma once

#include "host/finding.hpp"
#include "settings.hpp"

#include <optional>
#include <string>
#include <vector>

/// What follows for a ticket from a change of its finding. Pure.
namespace jira_plugin::sync {

/// The actor of what this plugin did in the host itself.
extern const char* const ownActor;

/// Nothing is left to do about a finding in this status.
bool isSettled(host::FindingStatus status);

/// One thing that a ticket is to be told of, or to be brought into line with.
struct Arisen {
    enum class Kind { Status, Severity, DueDate, Deleted, Fields };
    Kind kind = Kind::Status;
    std::optional<Occasion> occasion; ///< nothing for Fields
    /// Equal when the ticket need not be told. Fields: severity and due date before the change, and nothing.
    std::string oldValue;
    std::string newValue;
};

/// In the order in which the ticket is told; empty for what the plugin did itself.
std::vector<Arisen> occasionsOf(const host::FindingChange& change);

/// Where a status stands towards the ticket: statuses with the same word are one to it.
std::string standing(host::FindingStatus status);

const char* toString(Occasion occasion);
const char* toString(Arisen::Kind kind);
/// Throw std::invalid_argument.
Occasion occasionFromString(const std::string& word);
Arisen::Kind kindFromString(const std::string& word);

/// Whether an occasion moves the ticket to its closed target; otherwise it is moved to the reopened one.
bool closes(Occasion occasion);
/// Severity and due date tell and never move.
bool moves(Occasion occasion);

} // namespace jira_plugin::sync
