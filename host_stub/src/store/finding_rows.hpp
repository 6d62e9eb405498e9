#pragma once

#include <optional>
#include <string>

#include <aspm_host/model.hpp>
#include <aspm_host/problem.hpp>

#include "database.hpp"

namespace aspm::host {

/// Where the push of one finding stands, and its ticket.
struct PushRecord {
    std::string plugin;
    aspm_push_state state = ASPM_PUSH_NONE;
    std::int64_t sinceMs = 0;
    std::string message;
    std::string remedy;
    std::optional<TicketRef> ticket;
};

/// A finding with what is shown beside it.
struct FindingWithPush {
    Finding finding;
    std::int64_t lastSeenMs = 0;
    PushRecord push;
};

/// SELECT ... FROM ... of a finding with rule, project and push (aliases f, r, p, s); add WHERE and ORDER BY.
extern const char* const findingSelect;

/// The row of that selection; url is left empty.
FindingWithPush findingRow(const Rows& rows);

std::string ticketToText(const TicketRef& ticket);
std::optional<TicketRef> ticketFromText(const std::string& text);

std::string labelsToText(const std::vector<std::string>& labels);
std::vector<std::string> labelsFromText(const std::string& text);

/// One finding of an organisation that is not deleted, or nothing.
std::optional<FindingWithPush> selectFinding(Connection& c, const std::string& organisation,
                                             const std::string& id);

/// What is thrown when there is no such finding.
ServiceError noSuchFinding(const std::string& organisation, const std::string& id);

/// Throws noSuchFinding.
FindingWithPush requireFinding(Connection& c, const std::string& organisation, const std::string& id);

/// What is said of a change: who, why, when.
struct ChangeNote {
    std::string actor;
    std::string actorName;
    std::string reason;
    std::int64_t atMs = 0;
};

/// Writes the changed members of a finding, its next revision, the event for the plugins and a line of the
/// timeline. Nothing happens when before and after are equal. Answers the bits of what changed.
std::uint32_t writeChange(Connection& c, const Finding& before, Finding after, const ChangeNote& note);

/// Adds a line of the host itself to a timeline.
void addHostTimeline(Connection& c, const std::string& organisation, const std::string& finding,
                     aspm_timeline_kind kind, const std::string& author, const std::string& text,
                     std::int64_t atMs, const std::string& url = {});

} // namespace aspm::host
