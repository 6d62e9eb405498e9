// Findings, and what became of them.
#include "service_guard.hpp"
#include "service_tables.hpp"
#include "views.hpp"

namespace aspm::host {

namespace {

/// Host, plugin, organisation and finding of one call: what nearly every function here begins with.
struct Target {
    Target(const aspm_findings* table, aspm_str organisationText, aspm_str findingText)
        : plugin(InstanceCore::of(table->impl).id()),
          findings(*InstanceCore::of(table->impl).services().findings),
          organisation(textFrom(organisationText, "The organisation")),
          finding(textFrom(findingText, "The finding")) {}

    const std::string& plugin;
    FindingsService& findings;
    std::string organisation;
    std::string finding;
};

aspm_status findingsGet(const aspm_findings* table, aspm_call* call, aspm_str organisation, aspm_str finding,
                        aspm_finding_fn fn, void* context) {
    return serve(table->impl, call, "findings.get", [&] {
        requireFunction(fn);
        Target at(table, organisation, finding);
        Finding found = at.findings.get(at.organisation, at.finding);
        FindingView seen(found);
        callBack(table->impl, "findings.get", [&] { return fn(context, seen.get()); });
    });
}

aspm_status findingsList(const aspm_findings* table, aspm_call* call, aspm_str organisation, aspm_str project,
                         aspm_str after, aspm_finding_fn fn, void* context) {
    return serve(table->impl, call, "findings.list", [&] {
        requireFunction(fn);
        auto each = [&](const Finding& finding) {
            FindingView seen(finding);
            return callBack(table->impl, "findings.list", [&] { return fn(context, seen.get()); }) != 0;
        };
        InstanceCore::of(table->impl)
            .services()
            .findings->list(textFrom(organisation, "The organisation"), textFrom(project, "The project"),
                            textFrom(after, "The id to begin after"), each);
    });
}

aspm_status findingsSetStatus(const aspm_findings* table, aspm_call* call, aspm_str organisation,
                              aspm_str finding, aspm_finding_status status, aspm_str reason,
                              std::int64_t basedOn) {
    return serve(table->impl, call, "findings.set_status", [&] {
        Target at(table, organisation, finding);
        if (status < ASPM_FINDING_OPEN || status > ASPM_FINDING_AWAITING_SCAN)
            throw ServiceError(ASPM_ARGUMENT, "There is no finding status " + std::to_string(status) + ".");
        at.findings.setStatus(at.plugin, at.organisation, at.finding, status, textFrom(reason, "The reason"),
                              basedOn);
    });
}

aspm_status findingsAppendTimeline(const aspm_findings* table, aspm_call* call, aspm_str organisation,
                                   aspm_str finding, const aspm_timeline_entry* entry) {
    return serve(table->impl, call, "findings.append_timeline", [&] {
        Target at(table, organisation, finding);
        at.findings.appendTimeline(at.plugin, at.organisation, at.finding, timelineEntryFrom(entry));
    });
}

aspm_status findingsRemoveTimeline(const aspm_findings* table, aspm_call* call, aspm_str organisation,
                                   aspm_str finding, aspm_str key) {
    return serve(table->impl, call, "findings.remove_timeline", [&] {
        Target at(table, organisation, finding);
        at.findings.removeTimeline(at.plugin, at.organisation, at.finding, textFrom(key, "The entry's key"));
    });
}

aspm_status findingsAttachTicket(const aspm_findings* table, aspm_call* call, aspm_str organisation,
                                 aspm_str finding, const aspm_ticket_ref* ticket) {
    return serve(table->impl, call, "findings.attach_ticket", [&] {
        Target at(table, organisation, finding);
        at.findings.attachTicket(at.plugin, at.organisation, at.finding, ticketFrom(ticket));
    });
}

aspm_status findingsDetachTicket(const aspm_findings* table, aspm_call* call, aspm_str organisation,
                                 aspm_str finding) {
    return serve(table->impl, call, "findings.detach_ticket", [&] {
        Target at(table, organisation, finding);
        at.findings.detachTicket(at.plugin, at.organisation, at.finding);
    });
}

aspm_status findingsReportPush(const aspm_findings* table, aspm_call* call, aspm_str organisation,
                               aspm_str finding, aspm_push_state state, aspm_str message, aspm_str remedy,
                               const aspm_ticket_ref* ticket) {
    return serve(table->impl, call, "findings.report_push", [&] {
        Target at(table, organisation, finding);
        if (state < ASPM_PUSH_NONE || state > ASPM_PUSH_REFUSED)
            throw ServiceError(ASPM_ARGUMENT, "There is no push state " + std::to_string(state) + ".");
        TicketRef copy;
        if (ticket != nullptr)
            copy = ticketFrom(ticket);
        at.findings.reportPush(at.plugin, at.organisation, at.finding, state,
                               textFrom(message, "The message"), textFrom(remedy, "The remedy"),
                               ticket == nullptr ? nullptr : &copy);
    });
}

} // namespace

aspm_findings makeFindingsTable(InstanceCore& core) {
    aspm_findings table{};
    table.struct_size = sizeof(table);
    table.impl = &core;
    table.get = findingsGet;
    table.list = findingsList;
    table.set_status = findingsSetStatus;
    table.append_timeline = findingsAppendTimeline;
    table.remove_timeline = findingsRemoveTimeline;
    table.attach_ticket = findingsAttachTicket;
    table.detach_ticket = findingsDetachTicket;
    table.report_push = findingsReportPush;
    return table;
}

} // namespace aspm::host
