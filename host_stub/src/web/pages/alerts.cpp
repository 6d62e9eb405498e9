#include "all.hpp"

namespace aspm::host {

namespace {

Html alertTimes(const AlertRecord& record) {
    Html times = R"(<p class="quiet small">{} · since {})"_html(record.plugin, timeOf(record.raisedMs));
    if (record.count > 1)
        times += R"( · {} times, last {})"_html(record.count, timeOf(record.lastMs));
    if (record.clearedMs != 0)
        times += R"( · over since {})"_html(timeOf(record.clearedMs));
    times += "</p>"_html();
    return times;
}

Html alertCard(const AlertRecord& record) {
    const Alert& alert = record.alert;
    bool isOver = record.clearedMs != 0;
    bool isCritical = alert.level == ASPM_ALERT_CRITICAL;
    Html card = R"(<h3>{} {}</h3>)"_html(badge(isOver       ? "idle"
                                               : isCritical ? "bad"
                                                            : "warn",
                                               isOver       ? "Over"
                                               : isCritical ? "Critical"
                                                            : "Warning"),
                                         alert.title);
    card += "<p>{}</p>"_html(alert.text);
    if (!alert.remedy.empty())
        card += R"(<p><strong>What to do:</strong> {}</p>)"_html(alert.remedy);
    if (!alert.url.empty())
        card += "<p>{}</p>"_html(outsideLink(alert.url, "Open the page where this is put right"));
    card += alertTimes(record);
    return R"(<article class="card alert {}">{}</article>)"_html(isOver       ? "over"
                                                                 : isCritical ? "critical"
                                                                              : "warning",
                                                                 card);
}

} // namespace

Html alertCards(const std::vector<AlertRecord>& alerts) {
    Html cards;
    for (const AlertRecord& record : alerts)
        cards += alertCard(record);
    return cards;
}

void showAlerts(const View& view) {
    std::vector<AlertRecord> standing;
    std::vector<AlertRecord> over;
    for (AlertRecord& record : view.host.alerts().list(view.organisation(), true))
        (record.clearedMs == 0 ? standing : over).push_back(std::move(record));
    Html body = "<h1>Alerts</h1><h2>Standing</h2>"_html();
    body += standing.empty() ? R"(<p class="card quiet">Nothing needs your attention.</p>)"_html()
                             : alertCards(standing);
    if (!over.empty())
        body += "<h2>Over</h2>{}"_html(alertCards(over));
    sendPage(view, 200, "/alerts", "Alerts", body);
}

} // namespace aspm::host
