#pragma once

#include "host/finding.hpp"
#include "jira/client.hpp"
#include "settings.hpp"
#include "ticket_draft.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace jira_plugin::mapping {

/// A finding cannot become a ticket until a person changes the mapping.
class MappingProblem : public std::runtime_error {
public:
    MappingProblem(std::string cause, const std::string& message, std::string remedy)
        : std::runtime_error(message), _cause(std::move(cause)), _remedy(std::move(remedy)) {}
    /// What to do next.
    const std::string& remedy() const { return _remedy; }
    /// The same text for the same problem, e.g. "required_field:customfield_10010": findings that wait for
    /// the same thing are counted and retried together.
    const std::string& cause() const { return _cause; }
    /// What else must be changed; none of them has others.
    const std::vector<MappingProblem>& others() const { return _others; }

    /// All of them as one, for which the first speaks. At least one.
    static MappingProblem together(const std::vector<MappingProblem>& problems);

private:
    std::string _cause;
    std::string _remedy;
    std::vector<MappingProblem> _others;
};

/// What a draft is made of. All borrowed for the call.
struct DraftInput {
    const host::Finding& finding;
    const ProjectMapping& project;
    const FieldMapping& fields;
    const jira::CreateScreen& screen;
    std::optional<std::string> assigneeId; ///< already known to be assignable in the Jira project
    std::string dedupeLabel;
};

struct DraftResult {
    TicketDraft draft;
    std::vector<std::string> notes; ///< what was left out and why, for the finding's timeline
};

/// The ticket that a finding becomes. Only fields of the create screen are set; one that is wanted but not on
/// the screen becomes a note. Throws MappingProblem. Pure; safe from any thread.
DraftResult buildDraft(const DraftInput& input);

} // namespace jira_plugin::mapping
