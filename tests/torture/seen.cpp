#include "seen.hpp"

#include "canary.hpp"
#include "eventually.hpp"
#include "jira_steps.hpp"
#include "world.hpp"

namespace torture {

using namespace test_support;

namespace {

std::string labelOf(const Json& issue) {
    for (const auto& label : issue["labels"].texts())
        if (label.rfind("aspm-", 0) == 0)
            return label;
    return {};
}

std::string textOf(const Json& value) {
    return value.isNull() ? "" : value.text();
}

FindingSeen findingSeen(const Json& finding) {
    FindingSeen seen;
    seen.id = finding["id"].text();
    seen.title = finding["title"].text();
    seen.status = finding["status"].text();
    seen.push = finding["push"]["state"].text();
    seen.message = finding["push"]["message"].text();
    seen.remedy = finding["push"]["remedy"].text();
    if (!finding["ticket"].isNull()) {
        seen.ticketId = finding["ticket"]["id"].text();
        seen.ticketKey = finding["ticket"]["key"].text();
    }
    return seen;
}

std::vector<Note> timelineSeen(const StubHost& host, const std::string& findingPath) {
    std::vector<Note> notes;
    for (const Json& entry : host.control("GET", findingPath + "/timeline")["timeline"].items())
        notes.push_back({entry["plugin"].text(), entry["text"].text()});
    return notes;
}

} // namespace

std::vector<FindingSeen> findingsSeen(const StubHost& host, const std::string& whose) {
    const std::string path = "/organisations/" + whose + "/findings";
    std::vector<FindingSeen> all;
    std::string after;
    do {
        const auto page =
            host.control("GET", path + "?limit=1000" + (after.empty() ? "" : "&after=" + after));
        for (const Json& finding : page["findings"].items()) {
            all.push_back(findingSeen(finding));
            all.back().timeline = timelineSeen(host, path + "/" + all.back().id);
        }
        after = textOf(page["next"]);
    } while (!after.empty());
    return all;
}

TicketSeen ticketSeen(const Json& issue) {
    TicketSeen seen;
    seen.id = issue["id"].text();
    seen.key = issue["key"].text();
    seen.summary = issue["summary"].text();
    seen.label = labelOf(issue);
    seen.isDone = issue["statusCategory"].text() == "done";
    for (const Json& comment : issue["comments"].items())
        seen.comments.push_back({comment["id"].text(), comment["text"].text()});
    return seen;
}

void queueSeen(HttpClient& admin, Evidence& evidence) {
    const auto queue = settings(admin, "GET", "sync/queue");
    evidence.incomingWaiting = static_cast<int>(queue["incoming"]["waiting"].number());
    evidence.outgoingWaiting = static_cast<int>(queue["outgoing"]["waiting"].number());
    for (const char* direction : {"incoming", "outgoing"})
        for (const Json& row : queue[direction]["rows"].items())
            evidence.parked.push_back(
                {direction, row["what"].text(), textOf(row["message"]), textOf(row["remedy"])});
}

void leaksSeen(const Simulator& jira, const std::vector<std::filesystem::path>& directories,
               const std::set<std::filesystem::path>& known, Evidence& evidence) {
    std::set<std::string> secrets{clientSecret, "BEGIN PRIVATE KEY"};
    for (const std::string& token : jira.control("GET", "/_sim/secrets")["secrets"].texts())
        secrets.insert(token.substr(token.rfind('.') + 1)); // the rest of a signed token is no secret
    for (const std::string& secret : secrets) {
        if (secret.size() < 8)
            continue;
        for (const auto& directory : directories)
            for (const auto& file : filesHolding(secret, directory))
                if (known.count(file) == 0)
                    evidence.leaks.push_back("a secret of " + std::to_string(secret.size()) +
                                             " characters stands in " + file.string());
    }
}

std::string comparisonSeen(HttpClient& admin, std::chrono::seconds limit, Evidence& evidence) {
    settings(admin, "POST", "reconciliation", "{}");
    Json report = Json::parse("null");
    const bool isDone = eventually(
        [&] {
            report = settings(admin, "GET", "reconciliation")["report"];
            const std::string state = report.isNull() ? "" : report["state"].text();
            return state == "done" || state == "failed";
        },
        limit);
    if (isDone && report["state"].text() == "done")
        return report["counts"].dump();
    evidence.broken.push_back("the comparison does not end well: " + report.dump());
    return {};
}

} // namespace torture
