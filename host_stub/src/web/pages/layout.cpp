#include "layout.hpp"

#include <cctype>

#include <Poco/DateTimeFormatter.h>
#include <Poco/String.h>
#include <Poco/Timestamp.h>

#include "../../store/directory_store.hpp"
#include "../sessions.hpp"

namespace aspm::host {

namespace {

constexpr const char* htmlType = "text/html; charset=utf-8";

Html document(const std::string& title, const Html& body) {
    return R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{} - Mayo ASPM</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/style.css">
<script src="/static/app.js" defer></script>
</head>
<body>
{}
</body>
</html>
)"_html(title, body);
}

Html navigationLink(const std::string& path, const std::string& section, const Html& label) {
    if (path == section)
        return R"(<li><a href="{}" aria-current="page">{}</a></li>)"_html(path, label);
    return R"(<li><a href="{}">{}</a></li>)"_html(path, label);
}

/// "Jira" of "Integrations / Jira": the group around it says the rest.
std::string navigationLabel(const SettingsPageInfo& page) {
    return Poco::trim(page.navigation.substr(page.navigation.rfind('/') + 1));
}

Html integrationLinks(const View& view) {
    Html links;
    for (const auto& plugin : view.host.plugins())
        for (const SettingsPageInfo& page : plugin->settingsPages())
            if ((page.visibleTo & view.principal.roles) != 0)
                links += navigationLink("/settings/integrations/" + urlEncode(page.id) + "/", "",
                                        navigationLabel(page));
    if (links.isEmpty())
        return links;
    return R"(<li class="group"><span id="integrations">Integrations</span>
<ul aria-labelledby="integrations">{}</ul></li>)"_html(links);
}

Html navigation(const View& view, const std::string& section) {
    Html alerts = "Alerts";
    if (std::size_t standing = view.host.alerts().list(view.organisation(), false).size())
        alerts += R"( <span class="count">{}<span class="unseen"> standing</span></span>)"_html(standing);
    Html links;
    links += navigationLink("/", section, "Dashboard");
    links += navigationLink("/findings", section, "Findings");
    links += navigationLink("/alerts", section, alerts);
    links += navigationLink("/audit", section, "Audit");
    links += navigationLink("/settings", section, "Settings");
    links += integrationLinks(view);
    return R"(<nav aria-label="Main"><ul>{}</ul></nav>)"_html(links);
}

Html userBox(const View& view) {
    const Principal& p = view.principal;
    return R"(<div class="user"><p><strong>{}</strong><br><span class="quiet">{} · {}</span></p>
<a class="button plain" href="/sign-in?next={}">Switch user</a></div>)"_html(
        p.userName, p.organisationName, rolesText(p.roles),
        urlEncode(view.exchange.isSafe() ? view.exchange.path() : "/"));
}

} // namespace

void sendPage(const View& view, int status, const std::string& section, const std::string& title,
              const Html& body) {
    Html shell = R"(<a class="skip" href="#main">Skip to the content</a>
<div class="shell">
<header class="side">
<a class="brand" href="/"><img src="/static/icon.svg" alt="" width="28" height="28"> Mayo ASPM</a>
{}
{}
</header>
<main id="main" tabindex="-1">
{}
</main>
</div>)"_html(navigation(view, section), userBox(view), body);
    view.exchange.send(status, htmlType, document(title, shell).markup());
}

void sendBarePage(Exchange& exchange, int status, const std::string& title, const Html& body) {
    Html shell = R"(<div class="bare"><header><span class="brand">
<img src="/static/icon.svg" alt="" width="28" height="28"> Mayo ASPM</span></header>
<main>{}</main></div>)"_html(body);
    exchange.send(status, htmlType, document(title, shell).markup());
}

Html postForm(const View& view, const std::string& action, const Html& content) {
    return R"(<form method="post" action="{}"><input type="hidden" name="{}" value="{}">{}</form>)"_html(
        action, csrfField, view.principal.csrfToken, content);
}

Html option(const std::string& value, const std::string& label, const std::string& chosen) {
    if (value == chosen)
        return R"(<option value="{}" selected>{}</option>)"_html(value, label);
    return R"(<option value="{}">{}</option>)"_html(value, label);
}

Html badge(const std::string& kind, const std::string& text) {
    return R"(<span class="badge {}">{}</span>)"_html(kind, text);
}

Html severityBadge(aspm_severity severity) {
    std::string name = severityName(severity);
    return badge("severity " + name, capitalised(name));
}

Html statusBadge(aspm_finding_status status) {
    return badge(status == ASPM_FINDING_OPEN       ? "neutral"
                 : status == ASPM_FINDING_RESOLVED ? "good"
                                                   : "idle",
                 capitalised(findingStatusName(status)));
}

Html pushBadge(aspm_push_state state) {
    switch (state) {
    case ASPM_PUSH_NONE:
        return badge("idle", "No ticket");
    case ASPM_PUSH_CREATED:
        return badge("good", "Created");
    case ASPM_PUSH_QUEUED:
        return badge("busy", "Queued");
    case ASPM_PUSH_PARKED:
    case ASPM_PUSH_REFUSED:
        return badge("bad", capitalised(pushStateName(state)));
    default:
        return badge("warn", capitalised(pushStateName(state)));
    }
}

std::string capitalised(std::string words) {
    if (!words.empty())
        words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
    return words;
}

Html timeOf(std::int64_t ms) {
    Poco::Timestamp at(static_cast<Poco::Timestamp::TimeVal>(ms) * 1000);
    return R"(<time datetime="{}">{}</time>)"_html(
        Poco::DateTimeFormatter::format(at, "%Y-%m-%dT%H:%M:%SZ"),
        Poco::DateTimeFormatter::format(at, "%e %b %Y, %H:%M UTC"));
}

std::string rolesText(aspm_roles roles) {
    auto names = roleNames(roles);
    return Poco::cat(std::string(", "), names.begin(), names.end());
}

bool isLocalPath(const std::string& path) {
    if (path.empty() || path[0] != '/' || (path.size() > 1 && path[1] == '/'))
        return false;
    for (unsigned char c : path)
        if (c <= ' ' || c == '\\' || c >= 0x7f)
            return false;
    return true;
}

} // namespace aspm::host
