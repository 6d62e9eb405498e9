#pragma once

#include "field_values.hpp"
#include "jira/editing.hpp"
#include "jira/issue_state.hpp"
#include "settings.hpp"
#include "store/field_store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// A field that differs from what Mayo ASPM would set.
struct FieldDifference {
    OwnedField field = OwnedField::Title;
    std::string inJira; ///< for people
    std::string wanted;
};

/// What follows for a ticket's fields from who owns them.
struct FieldPlan {
    jira::IssueEdit edit;
    store::SetFields known;               ///< true already, whether or not anything is written
    store::SetFields afterEdit;           ///< true once Jira has taken the edit
    std::vector<FieldDifference> written; ///< by the edit
    std::vector<FieldDifference> ended;   ///< edited by a person, found out now
};

/// last: what we set last. before: what the finding wanted before it changed, for tickets of which we do not
/// know what we set; may be empty. Labels are settled one by one: only those that we set and that are no
/// longer wanted go, and the finding's own label never does. Pure.
FieldPlan planFields(const SyncSettings& settings, const store::SetFields& last, const WantedFields& wanted,
                     const std::optional<WantedFields>& before, const jira::IssueState& now,
                     const std::string& dedupeLabel);

/// What is known of a ticket that people made: none of its fields is ours, whatever we would set.
store::SetFields othersFields();

/// "title", "priority", ... as in store::SetFields.
const char* toString(OwnedField field);
/// "The title", "The priority", ...
std::string forPeople(OwnedField field);

} // namespace jira_plugin::sync
