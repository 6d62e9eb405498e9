#include <iostream>

#include "commands.hpp"
#include "host_client.hpp"
#include "screen.hpp"
#include "table.hpp"

namespace aspm::host::cli {

namespace {

std::string place(const Json& finding) {
    std::string path = text(finding, "filePath");
    long long line = number(finding, "line");
    return line > 0 && !path.empty() ? path + ":" + std::to_string(line) : path;
}

/// What happened, to whom, and the way on.
void printEntry(const Screen& screen, const std::string& head, const Json& entry) {
    screen.out << head << "\n";
    for (const auto& [member, style] :
         {std::pair{"text", Style::plain}, std::pair{"remedy", Style::bold}, std::pair{"url", Style::dim}})
        printWrapped(screen, text(entry, member), 4, style);
}

} // namespace

int listFindings(const Arguments& arguments) {
    HostClient host(arguments);
    HostClient::Query query;
    for (const char* filter : {"project", "status", "severity", "state"})
        query.emplace_back(filter, arguments.one(filter));
    Json answer = host.findings(query);
    if (arguments.has("json")) {
        printJson(answer);
        return exitDone;
    }
    Screen screen = Screen::ofStdout();
    Table table({{"ID"},
                 {"PROJECT"},
                 {"SEVERITY"},
                 {"STATUS"},
                 {"FINDING", true},
                 {"PLACE", true},
                 {"PUSH"},
                 {"TICKET"}});
    std::vector<Json> findings = objects(answer, "findings");
    for (const Json& finding : findings) {
        std::string severity = text(finding, "severity");
        std::string state = text(object(finding, "push"), "state");
        table.add({text(finding, "id"),
                   text(finding, "project"),
                   {severity, styleOf(severity)},
                   text(finding, "status"),
                   text(finding, "title"),
                   place(finding),
                   {state, styleOf(state)},
                   {text(object(finding, "ticket"), "key"), Style::bold}});
    }
    if (!table.isEmpty())
        table.print(screen);
    screen.out << counted(findings.size(), "finding", "findings") << "\n";
    return exitDone;
}

int showTimeline(const Arguments& arguments) {
    HostClient host(arguments);
    Json answer = host.get("findings/" + escaped(arguments.one("finding")) + "/timeline");
    if (arguments.has("json")) {
        printJson(answer);
        return exitDone;
    }
    Screen screen = Screen::ofStdout();
    std::vector<Json> entries = objects(answer, "timeline");
    for (const Json& entry : entries)
        printEntry(screen,
                   timeText(number(entry, "atMs")) + "  " +
                       screen.styled(oneLine(text(entry, "author")), Style::bold),
                   entry);
    if (entries.empty())
        screen.out << "Nothing happened yet.\n";
    return exitDone;
}

int listAlerts(const Arguments& arguments) {
    HostClient host(arguments);
    Json answer = host.get("alerts", {{"all", arguments.has("all") ? "1" : ""}});
    if (arguments.has("json")) {
        printJson(answer);
        return exitDone;
    }
    Screen screen = Screen::ofStdout();
    std::vector<Json> alerts = objects(answer, "alerts");
    for (const Json& alert : alerts) {
        std::string level = text(alert, "level");
        std::string head = screen.styled(level, styleOf(level)) + "  " +
                           screen.styled(oneLine(text(alert, "title")), Style::bold) + "  since " +
                           timeText(number(alert, "raisedMs"));
        if (number(alert, "count") > 1)
            head += ", " + text(alert, "count") + " times";
        if (number(alert, "clearedMs") != 0)
            head += ", over since " + timeText(number(alert, "clearedMs"));
        printEntry(screen, head, alert);
    }
    if (alerts.empty())
        screen.out << (arguments.has("all") ? "There never was an alert.\n" : "No alerts.\n");
    return exitDone;
}

int listAudit(const Arguments& arguments) {
    std::string limit = std::to_string(arguments.number("limit", 100, 1, 1000));
    HostClient host(arguments);
    Json answer = host.get("audit", {{"limit", limit}});
    if (arguments.has("json")) {
        printJson(answer);
        return exitDone;
    }
    Screen screen = Screen::ofStdout();
    Table table({{"TIME (UTC)"}, {"WHO"}, {"ACTION"}, {"OBJECT", true}, {"DETAIL", true}});
    for (const Json& event : objects(answer, "events"))
        table.add({timeText(number(event, "atMs")), text(event, "actor"), text(event, "action"),
                   text(event, "object"), text(event, "detail")});
    if (table.isEmpty())
        screen.out << "Nothing was done yet.\n";
    else
        table.print(screen);
    return exitDone;
}

} // namespace aspm::host::cli
