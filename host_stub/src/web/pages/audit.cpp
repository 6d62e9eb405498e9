#include "all.hpp"

namespace aspm::host {

namespace {
constexpr std::size_t shownEvents = 200;
}

void showAudit(const View& view) {
    auto events = view.host.audit().list(view.organisation(), shownEvents);
    Html rows;
    for (const AuditRecord& record : events)
        rows += R"(<tr><td data-label="When">{}</td><td data-label="Who">{}</td>
<td data-label="What"><span><code>{}</code><br><span class="quiet small">{}</span></span></td>
<td data-label="To what">{}</td><td data-label="Details" class="long">{}</td></tr>)"_html(
            timeOf(record.atMs), record.event.actor, record.event.action,
            record.plugin.empty() ? "host" : record.plugin, record.event.object, record.event.detail);
    Html table = R"(<table class="stack"><thead><tr><th scope="col">When</th><th scope="col">Who</th>
<th scope="col">What</th><th scope="col">To what</th><th scope="col">Details</th></tr></thead>
<tbody>{}</tbody></table>)"_html(rows);
    Html body = R"(<h1>Audit</h1><p class="quiet">Who did what, newest first{}.</p>)"_html(
        events.size() == shownEvents ? "; the latest " + std::to_string(shownEvents) : "");
    body += events.empty() ? R"(<p class="card quiet">Nothing was done yet.</p>)"_html()
                           : R"(<div class="card">{}</div>)"_html(table);
    sendPage(view, 200, "/audit", "Audit", body);
}

} // namespace aspm::host
