#include "all.hpp"
#include "push_marks.hpp"

#include <algorithm>
#include <cctype>

#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

namespace aspm::host {

namespace {

constexpr std::size_t mostReason = 1000;

FindingWithPush require(const View& view, const std::string& id) {
    auto found = view.host.findings().find(view.organisation(), id);
    if (!found)
        throw HttpError(404, "There is no finding " + id + " in " + view.principal.organisationName + ".",
                        "It may have been deleted, or belong to another organisation.");
    return *found;
}

std::string pathOfFinding(const Finding& finding) {
    return "/o/" + urlEncode(finding.organisation) + "/findings/" + urlEncode(finding.id);
}

Html term(const char* name, const Html& value) {
    return value.isEmpty() ? value : "<dt>{}</dt><dd>{}</dd>"_html(name, value);
}

Html cweLinks(const std::string& cwes) {
    Html out;
    Poco::StringTokenizer parts(cwes, ",",
                                Poco::StringTokenizer::TOK_TRIM | Poco::StringTokenizer::TOK_IGNORE_EMPTY);
    for (const std::string& cwe : parts) {
        std::string digits = cwe.rfind("CWE-", 0) == 0 ? cwe.substr(4) : "";
        bool isNumber = !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
        if (!out.isEmpty())
            out += ", ";
        out += isNumber ? outsideLink("https://cwe.mitre.org/data/definitions/" + digits + ".html", cwe)
                        : Html(cwe);
    }
    return out;
}

Html labelBadges(const std::vector<std::string>& labels) {
    Html out;
    for (const std::string& label : labels)
        out += "{} "_html(badge("idle", label));
    return out;
}

Html ruleTitle(const Finding& f) {
    if (f.ruleName.empty() || f.ruleName == f.ruleId)
        return f.ruleId.empty() ? Html() : "<code>{}</code>"_html(f.ruleId);
    return f.ruleId.empty() ? Html(f.ruleName) : "{} <code>{}</code>"_html(f.ruleName, f.ruleId);
}

Html facts(const View& view, const FindingWithPush& row) {
    const Finding& f = row.finding;
    Html place;
    if (!f.filePath.empty())
        place = "<code>{}{}</code>"_html(f.filePath, f.line > 0 ? ":" + std::to_string(f.line) : "");
    auto owner = view.host.ownership().owner(view.organisation(), f.id);
    Html out = term("Location", place);
    out += term("Rule", ruleTitle(f));
    out += term("Weakness", cweLinks(f.cwe));
    out += term("Scanner", f.scanner);
    out += term("Owner", owner ? owner->name : "");
    out += term("Labels", labelBadges(f.labels));
    out += term("Due", f.dueDate);
    out += term("First seen", timeOf(f.firstSeenMs));
    if (row.lastSeenMs > 0)
        out += term("Last seen", timeOf(row.lastSeenMs));
    return "<dl>{}</dl>"_html(out);
}

Html scannerCard(const View& view, const FindingWithPush& row) {
    const Finding& f = row.finding;
    Html out = facts(view, row);
    if (!f.description.empty())
        out += R"(<h3>What the scanner says</h3><p class="prose">{}</p>)"_html(f.description);
    if (!f.snippet.empty())
        out +=
            R"(<h3 id="code">Code</h3><pre tabindex="0" role="region" aria-labelledby="code"><code>{}</code></pre>)"_html(
                f.snippet);
    if (!f.ruleHelp.empty())
        out += R"(<h3>How to fix it</h3><p class="prose">{}</p>)"_html(f.ruleHelp);
    if (!f.ruleHelpUrl.empty())
        out += "<p>{}</p>"_html(outsideLink(f.ruleHelpUrl, "More about this rule"));
    return R"(<section class="card" aria-labelledby="details"><h2 id="details">Details</h2>{}</section>)"_html(
        out);
}

Html ticketFacts(const TicketRef& ticket) {
    Html out = term("Key", "<strong>{}</strong>"_html(outsideLink(ticket.url, ticket.key)));
    out += term("Status", ticket.status);
    out += term("Priority", ticket.priority);
    out += term("Assignee", ticket.assignee);
    out += term("Due", ticket.dueDate);
    out += term("Labels", labelBadges(ticket.labels));
    return "<dl>{}</dl>"_html(out);
}

Html pushAction(const View& view, const FindingWithPush& row) {
    aspm_push_state state = row.push.state;
    if (view.host.pushHook().plugin == nullptr)
        return R"(<p class="quiet">No plugin that makes tickets is loaded.</p>)"_html();
    if (row.push.ticket || state == ASPM_PUSH_IN_DOUBT)
        return {};
    if (state == ASPM_PUSH_QUEUED)
        return R"(<p class="quiet">The ticket is on its way; <a href="{}">look again</a>.</p>)"_html(
            pathOfFinding(row.finding));
    const char* word = state == ASPM_PUSH_NONE ? "Create ticket" : "Try again";
    return postForm(
        view, pathOfFinding(row.finding) + "/push",
        R"(<button>{}</button> <a class="button plain" href="{}?preview=1#preview">Preview</a>)"_html(
            word, pathOfFinding(row.finding)));
}

/// A ticket changes in its own system at any time: the page keeps looking.
Html followMark(const PushRecord& push) {
    return push.ticket ? "{} data-follow"_html(liveMark(push)) : liveMark(push);
}

Html ticketCard(const View& view, const FindingWithPush& row) {
    const PushRecord& push = row.push;
    Html out = "<p>{}</p>"_html(pushBadge(push.state));
    if (!push.message.empty())
        out += "<p>{}</p>"_html(push.message);
    if (!push.remedy.empty())
        out += R"(<p><strong>What to do:</strong> {}</p>)"_html(push.remedy);
    if (push.ticket)
        out += ticketFacts(*push.ticket);
    if (push.state != ASPM_PUSH_NONE && push.sinceMs > 0)
        out += R"(<p class="quiet small">Since {}</p>)"_html(timeOf(push.sinceMs));
    out += pushAction(view, row);
    return R"(<section class="card" id="ticket" aria-labelledby="ticket-title" aria-live="polite" {}>
<h2 id="ticket-title">Ticket</h2>{}</section>)"_html(followMark(push), out);
}

/// The status, and what it waits for.
Html statusMark(const View& view, const FindingWithPush& row) {
    const auto hook = view.host.pushHook();
    if (row.finding.status != ASPM_FINDING_AWAITING_SCAN || !row.push.ticket || hook.plugin == nullptr)
        return statusBadge(row.finding.status);
    return badge("idle", "Closed in " + hook.plugin->manifest().name + ", awaiting scan");
}

Html statusCard(const View& view, const Finding& f) {
    Html options;
    for (aspm_finding_status s = ASPM_FINDING_OPEN; s <= ASPM_FINDING_AWAITING_SCAN; ++s)
        options +=
            option(findingStatusName(s), capitalised(findingStatusName(s)), findingStatusName(f.status));
    Html form = R"(<label>Status <select name="status">{}</select></label>
<label>Reason <input name="reason" maxlength="{}"></label><button class="plain">Change status</button>)"_html(
        options, mostReason);
    return R"(<section class="card form" aria-labelledby="status"><h2 id="status">Change status</h2>{}</section>)"_html(
        postForm(view, pathOfFinding(f) + "/status", form));
}

Html previewContent(const PreviewAnswer& preview) {
    if (!preview.result.ok())
        return R"(<p class="notice">{} {}</p>)"_html(preview.result.message, preview.result.remedy);
    Html out;
    for (const PreviewProblem& problem : preview.problems)
        out += R"(<p class="notice"><strong>{}</strong> {}</p>)"_html(problem.message, problem.remedy);
    Html fields;
    for (const auto& [name, value] : preview.fields)
        fields += R"(<dt>{}</dt><dd class="prose">{}</dd>)"_html(name, value);
    if (!fields.isEmpty())
        out += "<dl>{}</dl>"_html(fields);
    if (!preview.payload.empty())
        out += R"(<details><summary>What would be sent ({})</summary>
<pre tabindex="0"><code>{}</code></pre></details>)"_html(preview.payloadType, preview.payload);
    return out;
}

Html previewCard(const View& view, const Finding& finding) {
    StubHost::PushHook hook = view.host.pushHook();
    if (hook.plugin == nullptr || view.exchange.parameter("preview").empty())
        return {};
    return R"(<section class="card" id="preview" aria-labelledby="preview-title">
<h2 id="preview-title">Preview of the ticket</h2>{}</section>)"_html(
        previewContent(hook.plugin->preview(hook.info.id, finding)));
}

/// Who wrote a line; plugins by their names.
std::string authorOf(const View& view, const TimelineLine& line) {
    const std::string& author = line.entry.author.empty() ? line.plugin : line.entry.author;
    for (const auto& plugin : view.host.plugins())
        if (plugin->manifest().id == author)
            return plugin->manifest().name;
    return author.empty() ? "Host" : author;
}

Html timelineItem(const View& view, const TimelineLine& line) {
    const TimelineEntry& entry = line.entry;
    bool isProblem = entry.kind == ASPM_TIMELINE_PROBLEM;
    bool isComment = entry.kind == ASPM_TIMELINE_COMMENT;
    Html out = R"(<p class="quiet small">{} · {} {}</p><p class="prose">{}</p>)"_html(
        authorOf(view, line), timeOf(entry.atMs),
        isProblem   ? badge("bad", "Problem")
        : isComment ? badge("neutral", "Comment")
                    : Html(),
        linkedText(entry.text));
    if (!entry.remedy.empty())
        out += R"(<p><strong>What to do:</strong> {}</p>)"_html(linkedText(entry.remedy));
    if (!entry.url.empty())
        out += R"(<p class="small">{}</p>)"_html(outsideLink(entry.url, entry.url));
    return R"(<li class="{}">{}</li>)"_html(isProblem ? "problem" : isComment ? "comment" : "note", out);
}

Html timelineCard(const View& view, const Finding& finding) {
    Html items;
    auto lines = view.host.findings().timeline(view.organisation(), finding.id);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line)
        items += timelineItem(view, *line);
    return R"(<section class="card" id="timeline" aria-labelledby="timeline-title" data-live>
<h2 id="timeline-title">Timeline</h2>{}</section>)"_html(
        items.isEmpty() ? R"(<p class="quiet">Nothing has happened to this finding yet.</p>)"_html()
                        : R"(<ol class="timeline">{}</ol>)"_html(items));
}

} // namespace

void showFinding(const View& view, const std::string& id) {
    FindingWithPush row = require(view, id);
    const Finding& f = row.finding;
    Html body = R"(<p class="crumbs"><a href="/findings">Findings</a> /
<a href="/findings?project={}">{}</a> / {}</p>
<h1>{}</h1><p class="marks" id="marks" data-live>{} {}</p>
<div class="split"><div class="beside">{}{}</div><div>{}{}{}</div></div>)"_html(
        urlEncode(f.projectKey), f.projectKey, f.id, f.title, severityBadge(f.severity),
        statusMark(view, row), ticketCard(view, row), statusCard(view, f), previewCard(view, f),
        scannerCard(view, row), timelineCard(view, f));
    sendPage(view, 200, "/findings", f.title, body);
}

void pushFinding(const View& view, const std::string& id) {
    FindingWithPush row = require(view, id);
    PushOrder order;
    order.findings = {row.finding.id};
    order.retry = true; // who asks on the page wants it tried at once
    pushFor(view, order);
    view.exchange.redirect(pathOfFinding(row.finding) + "#ticket");
}

void changeStatus(const View& view, const std::string& id) {
    FindingWithPush row = require(view, id);
    aspm_finding_status status = 0;
    if (!findingStatusFromName(view.exchange.field("status"), status))
        throw HttpError(400, "There is no status \"" + view.exchange.field("status") + "\".",
                        "Choose one of the list.");
    std::string reason = Poco::trim(view.exchange.field("reason"));
    if (reason.size() > mostReason * 4)
        throw HttpError(400, "The reason is longer than " + std::to_string(mostReason) + " characters.",
                        "Shorten it.");
    ChangeNote note{view.principal.user, view.principal.userName, reason, 0};
    view.host.findings().change(view.organisation(), id, note, [&](Finding& f) { f.status = status; });
    view.exchange.redirect(pathOfFinding(row.finding));
}

} // namespace aspm::host
