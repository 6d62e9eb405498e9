#pragma once

#include "host/finding.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <string>

/// Two-way sync: what happens in Jira happens in Mayo ASPM, and the other way round.
namespace jira_plugin::sync {

/// What a ticket that was closed means for its findings.
enum class ClosePolicy {
    TrustTicket, ///< they are resolved
    WaitForScan, ///< they wait for the next scan to agree
    ByResolution ///< as byResolution says; what it does not name is resolved
};

/// What happened to a finding on the host's side, as the rules name it.
enum class Occasion {
    ResolvedByScan, ///< the scanner no longer reports it
    Resolved,       ///< a person or a policy resolved it
    Accepted,
    FalsePositive,
    Reopened,
    SeverityChanged,
    DueDateChanged,
    Deleted
};
constexpr std::size_t occasionCount = 8;

enum class Reaction { Nothing, Comment, TransitionAndComment };

/// Who a field of the ticket belongs to after the ticket was created.
enum class Ownership {
    SetOnce,     ///< the people in Jira
    UntilEdited, ///< kept in step until a person edits it in Jira
    Ours         ///< always set to what Mayo ASPM says
};

enum class OwnedField { Title, Priority, Labels, Assignee, DueDate };
constexpr std::size_t ownedFieldCount = 5;

/// Where a ticket is moved to, chosen when the project is mapped; ids belong to that project's workflow.
struct Target {
    std::string statusId; ///< empty: any status of the category that is asked for
    std::string statusName;
    std::map<std::string, std::string> fields; ///< JSON values by field id, for the screens on the way
};

/// How tickets and findings are kept in step. One for the organisation, one for any project that differs,
/// member by member, as with the field mapping.
struct SyncSettings {
    ClosePolicy onClose = ClosePolicy::TrustTicket;
    /// By resolution id, or by the name in small letters where no id is known yet.
    std::map<std::string, host::FindingStatus> byResolution{
        {"won't do", host::FindingStatus::Accepted},
        {"won't fix", host::FindingStatus::Accepted},
        {"false positive", host::FindingStatus::FalsePositive}};
    bool showRestrictedComments = false;
    std::array<Reaction, occasionCount> reactions{Reaction::TransitionAndComment,
                                                  Reaction::TransitionAndComment,
                                                  Reaction::TransitionAndComment,
                                                  Reaction::TransitionAndComment,
                                                  Reaction::TransitionAndComment,
                                                  Reaction::Comment,
                                                  Reaction::Nothing,
                                                  Reaction::Comment};
    Target closed;
    Target reopened;
    std::array<Ownership, ownedFieldCount> ownership{Ownership::SetOnce, Ownership::UntilEdited,
                                                     Ownership::UntilEdited, Ownership::SetOnce,
                                                     Ownership::UntilEdited};

    Reaction reaction(Occasion occasion) const { return reactions[static_cast<std::size_t>(occasion)]; }
    Ownership owner(OwnedField field) const { return ownership[static_cast<std::size_t>(field)]; }
};

/// The settings in force. Safe from any thread.
class SettingsSource {
public:
    virtual ~SettingsSource() = default;
    /// project: id of the host's; what it does not set is the organisation's.
    virtual SyncSettings of(const std::string& organisation, const std::string& project) = 0;
};

} // namespace jira_plugin::sync
