#include "finding_json.hpp"

#include "json_build.hpp"

namespace aspm::host {

namespace {

const char* timelineKindName(aspm_timeline_kind kind) {
    if (kind == ASPM_TIMELINE_COMMENT)
        return "comment";
    return kind == ASPM_TIMELINE_PROBLEM ? "problem" : "note";
}

Poco::JSON::Object::Ptr pushToJson(const PushRecord& push) {
    return jsonObject({{"state", pushStateName(push.state)},
                       {"message", push.message},
                       {"remedy", push.remedy},
                       {"sinceMs", push.sinceMs}});
}

} // namespace

Poco::Dynamic::Var ticketToJson(const std::optional<TicketRef>& ticket) {
    if (!ticket)
        return {};
    return jsonObject({{"system", ticket->system},
                       {"id", ticket->id},
                       {"key", ticket->key},
                       {"url", ticket->url},
                       {"status", ticket->status},
                       {"priority", ticket->priority},
                       {"assignee", ticket->assignee},
                       {"dueDate", ticket->dueDate},
                       {"labels", jsonArray(ticket->labels)}});
}

Poco::JSON::Object::Ptr findingToJson(const FindingWithPush& found) {
    const Finding& f = found.finding;
    return jsonObject({{"id", f.id},
                       {"project", f.projectKey},
                       {"title", f.title},
                       {"description", f.description},
                       {"severity", severityName(f.severity)},
                       {"status", findingStatusName(f.status)},
                       {"scanner", f.scanner},
                       {"ruleId", f.ruleId},
                       {"ruleName", f.ruleName},
                       {"ruleHelp", f.ruleHelp},
                       {"ruleHelpUrl", f.ruleHelpUrl},
                       {"cwe", f.cwe},
                       {"filePath", f.filePath},
                       {"line", f.line},
                       {"snippet", f.snippet},
                       {"labels", jsonArray(f.labels)},
                       {"dueDate", f.dueDate},
                       {"url", f.url},
                       {"firstSeenMs", f.firstSeenMs},
                       {"revision", f.revision},
                       {"ticket", ticketToJson(found.push.ticket)},
                       {"push", pushToJson(found.push)}});
}

Poco::JSON::Object::Ptr timelineToJson(const TimelineLine& line) {
    const TimelineEntry& e = line.entry;
    return jsonObject({{"plugin", line.plugin},
                       {"kind", timelineKindName(e.kind)},
                       {"key", e.key},
                       {"author", e.author},
                       {"text", e.text},
                       {"remedy", e.remedy},
                       {"url", e.url},
                       {"atMs", e.atMs}});
}

} // namespace aspm::host
