#pragma once

#include "contracts.hpp"
#include "push/doubt_resolver.hpp"
#include "push/push_parts.hpp"

#include <functional>
#include <string>
#include <utility>

namespace jira_plugin::sync {

/// Issues that no finding is linked to, although they carry a label of ours: the ticket of a push whose
/// answer is awaited or was lost, or a copy that somebody made of a ticket. Safe from any thread.
class Strangers {
public:
    /// parts: borrowed, outlives this. adopted: called when a ticket was adopted; the host is to be told.
    Strangers(push::PushParts& parts, std::function<void()> adopted)
        : _parts(parts), _doubts(parts), _adopted(std::move(adopted)) {}

    enum class Meeting {
        Nothing, ///< it is no concern of ours, or has been dealt with
        Adopted, ///< it is a finding's ticket from now on
        TooEarly ///< it may be one soon: ask again
    };
    /// issue: as it was just read. Throws store::StoreError.
    Meeting meet(const std::string& organisation, jira::Client& client, const jira::IssueState& issue);

private:
    Meeting meetLabelled(jira::Client& client, const jira::IssueState& issue, const store::OutboxRow& row);
    void tellOfClone(jira::Client& client, const jira::IssueState& clone, const store::TicketLink& link);

    push::PushParts& _parts;
    push::DoubtResolver _doubts;
    const std::function<void()> _adopted;
};

} // namespace jira_plugin::sync
