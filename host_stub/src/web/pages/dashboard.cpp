#include "all.hpp"

namespace aspm::host {

namespace {

constexpr std::size_t shownProjects = 100;
constexpr std::size_t shownSentences = 20;

using Counts = std::map<std::pair<aspm_finding_status, aspm_severity>, std::int64_t>;
using PushCounts = std::map<aspm_push_state, std::int64_t>;

std::int64_t openOf(const Counts& counts, aspm_severity atLeast) {
    std::int64_t sum = 0;
    for (const auto& [key, count] : counts)
        if (key.first == ASPM_FINDING_OPEN && key.second >= atLeast)
            sum += count;
    return sum;
}

std::int64_t sumOf(const PushCounts& counts, std::initializer_list<aspm_push_state> states) {
    std::int64_t sum = 0;
    for (aspm_push_state state : states)
        if (auto found = counts.find(state); found != counts.end())
            sum += found->second;
    return sum;
}

Html tile(const std::string& link, std::int64_t count, const std::string& label, const std::string& kind) {
    return R"(<li><a class="tile {}" href="{}"><strong>{}</strong> {}</a></li>)"_html(count == 0 ? "" : kind,
                                                                                      link, count, label);
}

/// The state with the most findings under way: what its tile leads to.
aspm_push_state busiest(const PushCounts& pushes) {
    aspm_push_state most = ASPM_PUSH_QUEUED;
    for (aspm_push_state state : {ASPM_PUSH_WAITING, ASPM_PUSH_IN_DOUBT})
        if (sumOf(pushes, {state}) > sumOf(pushes, {most}))
            most = state;
    return most;
}

Html tiles(const View& view) {
    Counts counts = view.host.findings().counts(view.organisation(), "");
    PushCounts pushes = view.host.findings().pushStates(view.organisation(), "");
    std::int64_t critical = openOf(counts, ASPM_SEVERITY_CRITICAL);
    std::int64_t underWay = sumOf(pushes, {ASPM_PUSH_QUEUED, ASPM_PUSH_WAITING, ASPM_PUSH_IN_DOUBT});
    Html all;
    all += tile("/findings?status=open", openOf(counts, ASPM_SEVERITY_INFO), "open findings", "");
    all += tile("/findings?status=open&severity=critical", critical, "open critical", "bad");
    all += tile("/findings?status=open&severity=high", openOf(counts, ASPM_SEVERITY_HIGH) - critical,
                "open high", "warn");
    all += tile("/findings?state=created", sumOf(pushes, {ASPM_PUSH_CREATED}), "tickets created", "good");
    all += tile("/findings?state=" + urlEncode(pushStateName(busiest(pushes))), underWay, "tickets under way",
                "busy");
    all += tile("/findings?state=parked", sumOf(pushes, {ASPM_PUSH_PARKED}), "tickets parked", "bad");
    all += tile("/findings?state=refused", sumOf(pushes, {ASPM_PUSH_REFUSED}), "tickets refused", "bad");
    return R"(<ul class="tiles" id="counts" data-live {}>{}</ul>)"_html(
        underWay > 0 ? "data-busy"_html() : Html(), all);
}

Html projects(const View& view) {
    auto all = view.host.directory().allProjects(view.organisation());
    if (all.empty())
        return R"(<p class="quiet">There are no projects yet. Import a report:
<code>host_stub import --project KEY report.sarif</code></p>)"_html();
    if (all.size() > shownProjects)
        all.resize(shownProjects);
    Html rows;
    for (const Project& project : all) {
        Counts counts = view.host.findings().counts(view.organisation(), project.id);
        PushCounts pushes = view.host.findings().pushStates(view.organisation(), project.id);
        rows += R"(<tr><th scope="row"><a href="/findings?project={}">{}</a></th>
<td data-label="Open">{}</td><td data-label="Critical or high">{}</td><td data-label="Tickets">{}</td>
<td data-label="Need you">{}</td></tr>)"_html(
            urlEncode(project.key), project.name, openOf(counts, ASPM_SEVERITY_INFO),
            openOf(counts, ASPM_SEVERITY_HIGH), sumOf(pushes, {ASPM_PUSH_CREATED}),
            sumOf(pushes, {ASPM_PUSH_PARKED, ASPM_PUSH_REFUSED}));
    }
    return R"(<table class="stack numbers"><thead><tr><th scope="col">Project</th><th scope="col">Open</th>
<th scope="col">Critical or high</th><th scope="col">Tickets</th><th scope="col">Need you</th></tr></thead>
<tbody>{}</tbody></table>)"_html(rows);
}

Html plugins(const View& view) {
    Html items;
    for (const auto& plugin : view.host.plugins()) {
        const Manifest& manifest = plugin->manifest();
        bool runs = plugin->isRunning();
        items += R"(<li><p><strong>{}</strong> {} {}</p><p class="quiet">{}</p>
<p class="quiet small"><code>{}</code></p></li>)"_html(
            manifest.name, manifest.version, badge(runs ? "good" : "bad", runs ? "Runs" : "Stopped"),
            manifest.description, manifest.id);
    }
    return items.isEmpty() ? R"(<p class="quiet">No plugin is loaded.</p>)"_html()
                           : R"(<ul class="lines">{}</ul>)"_html(items);
}

Html misbehaviour(const View& view) {
    auto sentences = view.host.misbehaviour().sentences();
    if (sentences.empty())
        return R"(<p class="quiet">Every plugin has kept to the contract.</p>)"_html();
    Html items;
    for (std::size_t i = sentences.size(); i > 0 && sentences.size() - i < shownSentences; --i)
        items += "<li>{}</li>"_html(sentences[i - 1]);
    return R"(<p>{} against the contract, newest first:</p><ul class="lines">{}</ul>)"_html(
        counted(static_cast<std::int64_t>(sentences.size()), "act", "acts"), items);
}

} // namespace

void showDashboard(const View& view) {
    Html body = "<h1>Dashboard</h1>{}"_html(tiles(view));
    if (auto alerts = view.host.alerts().list(view.organisation(), false); !alerts.empty())
        body += R"(<section aria-labelledby="a"><h2 id="a">Alerts</h2>{}</section>)"_html(alertCards(alerts));
    body += R"(<section class="card" aria-labelledby="p"><h2 id="p">Projects</h2>{}</section>
<div class="columns"><section class="card" aria-labelledby="g"><h2 id="g">Plugins</h2>{}</section>
<section class="card" aria-labelledby="m"><h2 id="m">Misbehaviour</h2>{}</section></div>)"_html(
        projects(view), plugins(view), misbehaviour(view));
    sendPage(view, 200, "/", "Dashboard", body);
}

} // namespace aspm::host
