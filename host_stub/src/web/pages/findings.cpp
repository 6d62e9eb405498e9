#include "all.hpp"
#include "push_marks.hpp"

#include "../sessions.hpp"

namespace aspm::host {

namespace {

constexpr std::size_t pageSize = 50;
constexpr std::size_t mostTicked = 500;

/// What the address asks for. Words that mean nothing are as good as none.
struct Choice {
    FindingFilter filter;
    std::optional<Project> project;
    std::string status;
    std::string severity;
    std::string state;

    std::string key() const { return project ? project->key : ""; }
    std::string address(const std::string& after = {}) const;
};

std::string Choice::address(const std::string& after) const {
    std::string query;
    const std::pair<const char*, std::string> parts[] = {
        {"project", key()}, {"status", status}, {"severity", severity}, {"state", state}, {"after", after}};
    for (const auto& [name, value] : parts)
        if (!value.empty())
            query += (query.empty() ? "?" : "&") + std::string(name) + "=" + urlEncode(value);
    return "/findings" + query;
}

Choice choiceOf(const View& view) {
    const Exchange& exchange = view.exchange;
    Choice choice;
    if (std::string key = exchange.parameter("project"); !key.empty()) {
        choice.project = view.host.directory().projectByKey(view.organisation(), key);
        if (!choice.project)
            throw HttpError(404, "There is no project \"" + key + "\".", "Choose one on the dashboard.");
        choice.filter.project = choice.project->id;
    }
    aspm_finding_status status = 0;
    if (findingStatusFromName(exchange.parameter("status"), status)) {
        choice.filter.status = status;
        choice.status = findingStatusName(status);
    }
    aspm_severity severity = 0;
    if (severityFromName(exchange.parameter("severity"), severity)) {
        choice.filter.severity = severity;
        choice.severity = severityName(severity);
    }
    aspm_push_state state = 0;
    if (pushStateFromName(exchange.parameter("state"), state)) {
        choice.filter.state = state;
        choice.state = pushStateName(state);
    }
    choice.filter.after = exchange.parameter("after");
    choice.filter.limit = pageSize + 1;
    return choice;
}

Html select(const std::string& name, const std::string& label, const Html& options) {
    return R"(<label>{} <select name="{}">{}</select></label>)"_html(label, name, options);
}

Html filterForm(const View& view, const Choice& choice) {
    Html projects = option("", "All", choice.key());
    for (const Project& project : view.host.directory().allProjects(view.organisation()))
        projects += option(project.key, project.name, choice.key());
    Html statuses = option("", "All", choice.status);
    for (aspm_finding_status s = ASPM_FINDING_OPEN; s <= ASPM_FINDING_AWAITING_SCAN; ++s)
        statuses += option(findingStatusName(s), capitalised(findingStatusName(s)), choice.status);
    Html severities = option("", "All", choice.severity);
    for (aspm_severity s = ASPM_SEVERITY_CRITICAL; s >= ASPM_SEVERITY_INFO; --s)
        severities += option(severityName(s), capitalised(severityName(s)), choice.severity);
    Html states = option("", "All", choice.state);
    for (aspm_push_state s = ASPM_PUSH_NONE; s <= ASPM_PUSH_REFUSED; ++s)
        states += option(pushStateName(s), s == ASPM_PUSH_NONE ? "No ticket" : capitalised(pushStateName(s)),
                         choice.state);
    return R"(<form class="filters card" method="get" action="/findings" role="search"
 aria-label="Filter findings">{}{}{}{}<span class="actions"><button class="plain">Filter</button>
<a href="/findings">Clear</a></span></form>)"_html(
        select("project", "Project", projects), select("status", "Status", statuses),
        select("severity", "Severity", severities), select("state", "Ticket", states));
}

Html findingPath(const Finding& finding) {
    return "/o/{}/findings/{}"_html(urlEncode(finding.organisation), urlEncode(finding.id));
}

Html placeOf(const Finding& finding) {
    if (finding.filePath.empty())
        return {};
    return R"(<br><code class="place">{}{}</code>)"_html(
        finding.filePath, finding.line > 0 ? ":" + std::to_string(finding.line) : "");
}

Html tickBox(const FindingWithPush& row) {
    if (row.push.ticket || isUnderWay(row.push.state))
        return {};
    return R"(<input type="checkbox" name="finding" value="{}" aria-label="Choose {}">)"_html(
        row.finding.id, row.finding.title);
}

Html ticketCell(const PushRecord& push) {
    if (!push.ticket)
        return pushSummary(push);
    Html out = R"(<strong>{}</strong>)"_html(outsideLink(push.ticket->url, push.ticket->key));
    if (!push.ticket->status.empty())
        out += R"( <span class="quiet">{}</span>)"_html(push.ticket->status);
    out += "<br>{}"_html(pushSummary(push));
    return out;
}

Html findingRow(const FindingWithPush& row, bool showProject) {
    const Finding& f = row.finding;
    return R"(<tr><td class="tick">{}</td><td>{}</td>
<td class="title"><a href="{}">{}</a>{}</td>{}
<td data-label="Status">{}</td><td data-label="Ticket" id="ticket-{}" {}>{}</td></tr>)"_html(
        tickBox(row), severityBadge(f.severity), findingPath(f), f.title, placeOf(f),
        showProject ? R"(<td data-label="Project">{}</td>)"_html(f.projectKey) : Html(),
        statusBadge(f.status), f.id, liveMark(row.push), ticketCell(row.push));
}

Html findingTable(const std::vector<FindingWithPush>& rows, bool showProject) {
    Html lines;
    for (const FindingWithPush& row : rows)
        lines += findingRow(row, showProject);
    return R"(<table class="stack findings"><thead><tr>
<th scope="col" class="tick"><span class="unseen">Choose</span></th>
<th scope="col">Severity</th><th scope="col">Finding</th>{}<th scope="col">Status</th>
<th scope="col">Ticket</th></tr></thead><tbody>{}</tbody></table>)"_html(
        showProject ? R"(<th scope="col">Project</th>)"_html() : Html(), lines);
}

Html pushButtons(const View& view, const Choice& choice) {
    if (view.host.pushHook().plugin == nullptr)
        return R"(<p class="quiet">No plugin that makes tickets is loaded.</p>)"_html();
    Html buttons = R"(<button name="what" value="ticked">Create ticket</button>)"_html();
    if (!choice.project)
        return R"({} <span class="quiet">for the ticked findings. Choose a project to create tickets for all of
it.</span>)"_html(buttons);
    buttons += R"( <button class="plain" name="what" value="all">Create tickets for all in {}</button>)"_html(
        choice.project->name);
    auto states = view.host.findings().pushStates(view.organisation(), choice.project->id);
    if (std::int64_t parked = states[ASPM_PUSH_PARKED])
        buttons +=
            R"( <button class="plain" name="what" value="retry">Retry {} parked</button>)"_html(parked);
    return buttons;
}

Html outcomeNotice(const Exchange& exchange) {
    const std::string asked = exchange.parameter("asked");
    if (asked.empty())
        return {};
    if (asked == "none")
        return R"(<p class="notice" role="status">Tick at least one finding first.</p>)"_html();
    if (asked == "0")
        return R"(<p class="notice" role="status">Every open finding there has its ticket or waits for
it.</p>)"_html();
    std::string refused = exchange.parameter("refused");
    if (refused.empty() || refused == "0")
        return R"(<p class="notice good" role="status">Tickets asked for: {}. The list shows how far they
are.</p>)"_html(asked);
    return R"(<p class="notice" role="status">Tickets asked for: {}, of these refused: {}. The list says why:
<a href="/findings?state=refused">show the refused ones</a>.</p>)"_html(asked, refused);
}

Html pager(const Choice& choice, const std::vector<FindingWithPush>& rows, bool hasMore) {
    Html links;
    if (!choice.filter.after.empty())
        links += R"(<a href="{}">First page</a> )"_html(choice.address());
    if (hasMore)
        links += R"(<a href="{}" rel="next">Next page</a>)"_html(choice.address(rows.back().finding.id));
    return links.isEmpty() ? links : R"(<nav class="pager" aria-label="Pages">{}</nav>)"_html(links);
}

} // namespace

void showFindings(const View& view) {
    Choice choice = choiceOf(view);
    auto rows = view.host.findings().page(view.organisation(), choice.filter);
    bool hasMore = rows.size() > pageSize;
    if (hasMore)
        rows.pop_back();
    Html body = "<h1>Findings</h1>{}{}"_html(outcomeNotice(view.exchange), filterForm(view, choice));
    if (rows.empty()) {
        body += R"(<p class="card quiet">No finding is like this.</p>)"_html();
    } else {
        Html content = R"(<input type="hidden" name="back" value="{}">
<input type="hidden" name="project" value="{}"><div class="bar">
<label class="all" hidden><input type="checkbox" id="tick-all"> All shown</label>{}</div>{}{})"_html(
            choice.address(choice.filter.after), choice.key(), pushButtons(view, choice),
            findingTable(rows, !choice.project), pager(choice, rows, hasMore));
        body += R"(<div class="card">{}</div>)"_html(postForm(view, "/findings/push", content));
    }
    sendPage(view, 200, "/findings", "Findings", body);
}

void pushFindings(const View& view) {
    Exchange& exchange = view.exchange;
    std::string back = exchange.field("back");
    if (!isLocalPath(back) || back.rfind("/findings", 0) != 0)
        back = "/findings";
    back += back.find('?') == std::string::npos ? "?asked=" : "&asked=";
    PushOrder order;
    std::string what = exchange.field("what");
    if (what == "all" || what == "retry") {
        auto project = view.host.directory().projectByKey(view.organisation(), exchange.field("project"));
        if (!project)
            throw HttpError(404, "There is no project \"" + exchange.field("project") + "\".",
                            "Choose one in the list of findings.");
        order.project = project->id;
        order.retry = what == "retry";
    } else {
        for (const auto& [name, value] : exchange.form())
            if (name == "finding" && order.findings.size() < mostTicked)
                order.findings.push_back(value);
        if (order.findings.empty())
            return exchange.redirect(back + "none");
        order.retry = true; // who ticks a parked one wants it tried at once
    }
    PushOutcome outcome = pushFor(view, order);
    exchange.redirect(back + std::to_string(outcome.asked) +
                      "&refused=" + std::to_string(outcome.states[ASPM_PUSH_REFUSED]));
}

} // namespace aspm::host
