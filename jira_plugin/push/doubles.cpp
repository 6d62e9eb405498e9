#include "doubles.hpp"

namespace jira_plugin::push {

void reportDouble(PushParts& parts, const std::string& finding, const store::TicketLink& kept,
                  const host::TicketRef& other) {
    const std::string text = "The finding's ticket is " + kept.ticket.key + "; " + other.key +
                             " carries the same label in Jira and is not used.";
    const std::string remedy = "Close " + other.key + " in Jira as a duplicate of " + kept.ticket.key + ".";
    parts.host.log.warning("Two tickets carry the label of one finding.",
                           {{"organisation", kept.organisation},
                            {"finding", finding},
                            {"kept", kept.ticket.key},
                            {"other", other.key}});
    try {
        host::Alert alert;
        alert.key = "jira.push.double." + finding;
        alert.title = "Two Jira tickets for one finding";
        alert.text = text;
        alert.remedy = remedy;
        alert.url = other.url;
        parts.host.alerts.raise(kept.organisation, alert);
        host::TimelineEntry entry;
        entry.kind = host::TimelineEntry::Kind::Problem;
        entry.key = "jira.double";
        entry.text = text;
        entry.remedy = remedy;
        entry.url = other.url;
        parts.host.findings.appendTimeline(kept.organisation, finding, entry);
    } catch (const std::exception& problem) {
        parts.host.log.error("The host was not told of a second ticket.", {{"reason", problem.what()}});
    }
}

} // namespace jira_plugin::push
