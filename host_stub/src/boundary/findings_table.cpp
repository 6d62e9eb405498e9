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
        TicketRef copy;
        if (ticket != nullptr)
            copy = ticketFrom(ticket);
        at.findings.reportPush(at.plugin, at.organisation, at.finding, pushStateFrom(state),
                               textFrom(message, "The message"), textFrom(remedy, "The remedy"),
                               ticket == nullptr ? nullptr : &copy);
    });
}

/// The host's copies of reports, each with the place that it had; refusals of those that are wrong.
struct CheckedReports {
    CheckedReports(const aspm_push_report* const* theirs, std::size_t count) {
        if (count > ASPM_PUSH_REPORTS_MAX)
            throw ServiceError(ASPM_ARGUMENT,
                               std::to_string(count) + " reports are too many for one call: at most " +
                                   std::to_string(ASPM_PUSH_REPORTS_MAX) + " are taken.",
                               "Hand them over in several calls.");
        if (count > 0 && theirs == nullptr)
            throw ServiceError(ASPM_ARGUMENT, "The reports have a count but no data.");
        for (std::size_t i = 0; i < count; ++i) {
            try {
                reports.push_back(pushReportFrom(theirs[i]));
                places.push_back(i);
            } catch (const ServiceError& why) {
                refusals.push_back({i, why});
            }
        }
    }

    std::vector<PushReport> reports;
    std::vector<std::size_t> places;
    std::vector<PushReportRefusal> refusals;
};

aspm_status findingsReportPushes(const aspm_findings* table, aspm_call* call, aspm_str organisation,
                                 const aspm_push_report* const* reports, std::size_t count,
                                 aspm_refusal_fn refused, void* context) {
    return serve(table->impl, call, "findings.report_pushes", [&] {
        requireFunction(refused);
        const std::string in = textFrom(organisation, "The organisation");
        InstanceCore& core = InstanceCore::of(table->impl);
        CheckedReports checked(reports, count);
        for (const PushReportRefusal& refusal :
             core.services().findings->reportPushes(core.id(), in, checked.reports))
            checked.refusals.push_back({checked.places.at(refusal.index), refusal.why});
        for (const auto& [index, why] : checked.refusals)
            callBack(table->impl, "findings.report_pushes", [&, at = index, &because = why] {
                refused(context, at, because.status(), view(because.message()), view(because.remedy()));
                return 1;
            });
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
    table.report_pushes = findingsReportPushes;
    return table;
}

} // namespace aspm::host
