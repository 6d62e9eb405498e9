#include "views.hpp"

#include "text.hpp"

namespace aspm::host {

FindingView::FindingView(const Finding& f) : _labels(views(f.labels)) {
    _finding.struct_size = sizeof(_finding);
    _finding.severity = f.severity;
    _finding.status = f.status;
    _finding.label_count = static_cast<std::uint32_t>(_labels.size());
    _finding.labels = _labels.data();
    _finding.organisation = view(f.organisation);
    _finding.project = view(f.project);
    _finding.project_key = view(f.projectKey);
    _finding.id = view(f.id);
    _finding.title = view(f.title);
    _finding.description = view(f.description);
    _finding.scanner = view(f.scanner);
    _finding.rule_id = view(f.ruleId);
    _finding.rule_name = view(f.ruleName);
    _finding.rule_help = view(f.ruleHelp);
    _finding.rule_help_url = view(f.ruleHelpUrl);
    _finding.cwe = view(f.cwe);
    _finding.file_path = view(f.filePath);
    _finding.snippet = view(f.snippet);
    _finding.url = view(f.url);
    _finding.due_date = view(f.dueDate);
    _finding.line = f.line;
    _finding.first_seen_ms = f.firstSeenMs;
    _finding.revision = f.revision;
}

PrincipalView::PrincipalView(const Principal& p) : _projects(views(p.administeredProjects)) {
    _principal.struct_size = sizeof(_principal);
    _principal.roles = p.roles;
    _principal.organisation = view(p.organisation);
    _principal.organisation_name = view(p.organisationName);
    _principal.user = view(p.user);
    _principal.user_name = view(p.userName);
    _principal.email = view(p.email);
    _principal.locale = view(p.locale);
    _principal.time_zone = view(p.timeZone);
    _principal.administered_projects = _projects.data();
    _principal.administered_project_count = _projects.size();
    _principal.csrf_token = view(p.csrfToken);
    _principal.csrf_header = view(p.csrfHeader);
}

RequestView::RequestView(const HttpRequest& r) {
    for (const HttpHeader& header : r.headers)
        _headers.push_back({view(header.name), view(header.value)});
    if (r.principal)
        _principal = std::make_unique<PrincipalView>(*r.principal);
    _request.struct_size = sizeof(_request);
    _request.header_count = static_cast<std::uint32_t>(_headers.size());
    _request.headers = _headers.data();
    _request.method = view(r.method);
    _request.path = view(r.path);
    _request.query = view(r.query);
    _request.body = view(r.body);
    _request.mount_url = view(r.mountUrl);
    _request.organisation = view(r.organisation);
    _request.peer = view(r.peer);
    _request.principal = _principal ? _principal->get() : nullptr;
}

aspm_organisation organisationView(const Organisation& o) {
    return {sizeof(aspm_organisation), view(o.id), view(o.name)};
}

aspm_project projectView(const Project& p) {
    return {sizeof(aspm_project), view(p.organisation), view(p.id), view(p.key), view(p.name)};
}

aspm_member memberView(const Member& m) {
    return {sizeof(aspm_member), m.roles, view(m.organisation), view(m.user), view(m.name), view(m.email)};
}

TicketRef ticketFrom(const aspm_ticket_ref* theirs) {
    auto t = prefixOf(theirs, sizeof(aspm_ticket_ref), "The ticket");
    TicketRef out;
    out.labels = textsFrom(t.labels, t.label_count, "The ticket's labels");
    out.system = textFrom(t.system, "The ticket's system");
    out.id = textFrom(t.id, "The ticket's id");
    out.key = textFrom(t.key, "The ticket's key");
    out.url = textFrom(t.url, "The ticket's url");
    out.status = textFrom(t.status, "The ticket's status");
    out.priority = textFrom(t.priority, "The ticket's priority");
    out.assignee = textFrom(t.assignee, "The ticket's assignee");
    out.dueDate = textFrom(t.due_date, "The ticket's due_date");
    return out;
}

aspm_push_state pushStateFrom(aspm_push_state state) {
    if (state < ASPM_PUSH_NONE || state > ASPM_PUSH_REFUSED)
        throw ServiceError(ASPM_ARGUMENT, "There is no push state " + std::to_string(state) + ".");
    return state;
}

PushReport pushReportFrom(const aspm_push_report* theirs) {
    auto r = prefixOf(theirs, sizeof(aspm_push_report), "The report");
    PushReport out;
    out.finding = textFrom(r.finding, "The finding");
    out.state = pushStateFrom(r.state);
    out.message = textFrom(r.message, "The message");
    out.remedy = textFrom(r.remedy, "The remedy");
    if (r.ticket != nullptr)
        out.ticket = ticketFrom(r.ticket);
    return out;
}

TimelineEntry timelineEntryFrom(const aspm_timeline_entry* theirs) {
    auto e = prefixOf(theirs, sizeof(aspm_timeline_entry), "The timeline entry");
    TimelineEntry out;
    out.kind = e.kind;
    out.key = textFrom(e.key, "The timeline entry's key");
    out.author = textFrom(e.author, "The timeline entry's author");
    out.text = textFrom(e.text, "The timeline entry's text");
    out.remedy = textFrom(e.remedy, "The timeline entry's remedy");
    out.url = textFrom(e.url, "The timeline entry's url");
    out.atMs = e.at_ms;
    return out;
}

Alert alertFrom(const aspm_alert* theirs) {
    auto a = prefixOf(theirs, sizeof(aspm_alert), "The alert");
    Alert out;
    out.level = a.level;
    out.key = textFrom(a.key, "The alert's key");
    out.title = textFrom(a.title, "The alert's title");
    out.text = textFrom(a.text, "The alert's text");
    out.remedy = textFrom(a.remedy, "The alert's remedy");
    out.url = textFrom(a.url, "The alert's url");
    if (out.key.empty())
        throw ServiceError(ASPM_ARGUMENT, "The alert has no key.", "Give one that stands for its cause.");
    return out;
}

} // namespace aspm::host
