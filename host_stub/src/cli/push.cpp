#include <iostream>
#include <map>
#include <set>

#include <Poco/JSON/Array.h>

#include <aspm_host/problem.hpp>

#include "commands.hpp"
#include "host_client.hpp"
#include "screen.hpp"
#include "table.hpp"

namespace aspm::host::cli {

namespace {

constexpr long long answerMs = 120'000; ///< beside the time that --wait adds

Json pushOrder(const Arguments& arguments, long long waitMs) {
    Json order = new Poco::JSON::Object;
    order->set("project", arguments.one("project"));
    order->set("user", arguments.one("user", "alice"));
    order->set("retry", arguments.has("retry"));
    order->set("waitMs", static_cast<Poco::Int64>(waitMs));
    if (arguments.has("all")) {
        order->set("all", true);
        return order;
    }
    Poco::JSON::Array::Ptr ids = new Poco::JSON::Array;
    for (const std::string& id : arguments.all("finding"))
        ids->add(id);
    order->set("findings", ids);
    return order;
}

void checkUsage(const Arguments& arguments) {
    if (arguments.has("all") == arguments.has("finding"))
        throw UsageError(arguments.has("all") ? "push takes either --finding ID or --all, not both."
                                              : "push needs --finding ID or --all.");
    if (arguments.has("timeout") && !arguments.has("wait"))
        throw UsageError("--timeout goes with --wait.");
}

/// The findings of this call, as they stand now.
std::vector<Json> pushedFindings(HostClient& host, const Arguments& arguments) {
    std::vector<std::string> named = arguments.all("finding");
    std::vector<Json> pushed;
    if (!named.empty()) {
        for (const std::string& id : std::set<std::string>(named.begin(), named.end()))
            pushed.push_back(host.get("findings/" + escaped(id)));
        return pushed;
    }
    for (const Json& finding : objects(host.findings({{"project", arguments.one("project")}}), "findings"))
        if (text(object(finding, "push"), "state") != "none")
            pushed.push_back(finding);
    return pushed;
}

void printTickets(const Screen& screen, const std::vector<Json>& findings) {
    Table table({{"ID"}, {"SEVERITY"}, {"FINDING", true}, {"STATE"}, {"TICKET"}, {"LINK"}});
    for (const Json& finding : findings) {
        Json ticket = object(finding, "ticket");
        std::string severity = text(finding, "severity");
        std::string state = text(object(finding, "push"), "state");
        table.add({text(finding, "id"),
                   {severity, styleOf(severity)},
                   text(finding, "title"),
                   {state, styleOf(state)},
                   {text(ticket, "key"), Style::bold},
                   text(ticket, "url")});
    }
    if (!table.isEmpty())
        table.print(screen);
}

/// Why findings did not get their ticket, each reason once with those that it holds up.
class Reasons {
public:
    void add(const std::string& state, const std::string& message, const std::string& remedy,
             const std::string& finding) {
        if (!message.empty())
            _findings[{state, message, remedy}].push_back(finding);
    }

    void print(const Screen& screen) const {
        for (const auto& [reason, ids] : _findings) {
            const auto& [state, message, remedy] = reason;
            screen.out << "\n"
                       << screen.styled(counted(ids.size(), "finding ", "findings ") + state, styleOf(state))
                       << ": " << listed(ids) << "\n";
            printWrapped(screen, message, 2, Style::plain);
            printWrapped(screen, remedy, 2, Style::bold);
        }
    }

private:
    static std::string listed(const std::vector<std::string>& ids) {
        constexpr std::size_t most = 5;
        std::string list;
        for (std::size_t i = 0; i < ids.size() && i < most; ++i)
            list += (i ? ", " : "") + oneLine(ids[i]);
        return ids.size() > most ? list + " and " + std::to_string(ids.size() - most) + " more" : list;
    }

    std::map<std::tuple<std::string, std::string, std::string>, std::vector<std::string>> _findings;
};

/// "41 findings: 38 created, 3 parked". After --wait with --all these are all of the project.
std::string stateSummary(const Json& states) {
    std::string summary;
    long long all = 0;
    for (const char* state : {"created", "queued", "waiting", "in doubt", "parked", "refused"})
        if (long long count = number(states, state)) {
            summary += (summary.empty() ? ": " : ", ") + std::to_string(count) + " " + state;
            all += count;
        }
    return all == 0 ? "Nothing to do: every finding has its ticket, or there is none that needs one."
                    : counted(static_cast<std::size_t>(all), "finding", "findings") + summary;
}

void printOutcome(const Screen& screen, HostClient& host, const Arguments& arguments, const Json& answer) {
    Reasons reasons;
    std::set<std::string> told;
    if (arguments.has("wait")) {
        std::vector<Json> findings = pushedFindings(host, arguments);
        printTickets(screen, findings);
        for (const Json& finding : findings) {
            Json push = object(finding, "push");
            std::string state = text(push, "state");
            if (state == "created")
                continue;
            reasons.add(state, text(push, "message"), text(push, "remedy"), text(finding, "id"));
            told.insert(text(finding, "id"));
        }
    }
    for (const Json& refusal : objects(answer, "refused"))
        if (told.count(text(refusal, "finding")) == 0)
            reasons.add("refused", text(refusal, "message"), text(refusal, "remedy"),
                        text(refusal, "finding"));
    reasons.print(screen);
    screen.out << (arguments.has("wait") ? "\n" : "") << stateSummary(object(answer, "states")) << "\n";
}

} // namespace

int push(const Arguments& arguments) {
    checkUsage(arguments);
    long long seconds = arguments.number("timeout", 600, 1, 86'400);
    long long waitMs = arguments.has("wait") ? seconds * 1000 : 0;
    HostClient host(arguments);
    Json answer = host.post("push", pushOrder(arguments, waitMs), answerMs + waitMs);
    Json states = object(answer, "states");
    if (arguments.has("json"))
        printJson(answer);
    else
        printOutcome(Screen::ofStdout(), host, arguments, answer);
    std::cout.flush();
    if (arguments.has("wait") && answer->optValue("timedOut", false))
        throw Problem(
            "After " + std::to_string(seconds) + " seconds some findings are still under way.",
            "They go on while a host runs. Ask again with --wait, or give more time with --timeout.");
    bool unfinished = number(states, "queued") + number(states, "waiting") + number(states, "in doubt") > 0;
    if (host.isOwnHost() && unfinished)
        std::cerr << "No host serves this data directory: what is queued goes on with the next one.\n"
                  << "Start it with host_stub serve, or push with --wait.\n";
    return number(states, "parked") + number(states, "refused") > 0 || !objects(answer, "refused").empty()
               ? exitAttention
               : exitDone;
}

} // namespace aspm::host::cli
