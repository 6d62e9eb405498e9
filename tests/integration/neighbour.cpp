#include "neighbour.hpp"

#include "eventually.hpp"

#include <functional>
#include <stdexcept>

namespace integration {

using namespace test_support;

const std::string canary = "globex-canary";

namespace {

constexpr std::size_t parkedFinding = 3;
constexpr std::size_t lostFinding = 4;
constexpr std::size_t linkedFinding = 5;

void waitFor(const char* what, const std::function<bool()>& condition) {
    if (!eventually(condition))
        throw std::runtime_error(std::string("It did not come about: ") + what);
}

} // namespace

Neighbour::Neighbour(const ConnectedHost& world) : _world(world) {
    const StubHost& host = world.host;
    host.control("POST", "/organisations", R"({"id":"globex","name":"globex-canary Inc."})");
    host.control("POST", "/organisations/globex/users",
                 R"({"id":"alice","name":"Alice of globex-canary","email":"alice@globex.example",)"
                 R"("roles":["admin"],"administers":[]})");
    for (int i = 0; i < 8; ++i)
        _project = host.project(canary + "-" + std::to_string(i), "globex");
    const std::vector<NewFinding> titles(8, {canary + " in parse()", "high", canary + ".c", 1});
    _findings = host.addFindings(canary + "-7", titles, "globex");
    connectJira(host, world.jira, "alice", "globex");
    mapProject(host, canary + "-7", "AUTH", "Bug", "", "globex");
    auto admin = this->admin();
    const std::string label = R"({"labels":["globex-canary"]})";
    settings(admin, "PUT", "field-mapping", label);
    settings(admin, "PUT", "field-mapping/" + _project, label);
    const std::string resolutions = R"({"byResolution":{"globex-canary":"accepted"}})";
    settings(admin, "PUT", "sync-settings", resolutions);
    settings(admin, "PUT", "sync-settings/" + _project, resolutions);
    _testTicket =
        settings(admin, "POST", "test-tickets", R"({"project":)" + test_support::quoted(_project) + "}")["id"]
            .text();
    host.push(canary + "-7", {finding()}, 60'000, "globex");
}

void Neighbour::getIntoTrouble() {
    const std::string link = R"({"ticket":)" + test_support::quoted(keyOf(finding())) + "}";
    auto admin = this->admin();
    settings(admin, "POST", "links/" + _findings[linkedFinding], link);
    _world.host.push(canary + "-7", {_findings[parkedFinding], _findings[lostFinding]}, 60'000, "globex");
    park();
    compare();
    _incoming = parked("incoming");
    _outgoing = parked("outgoing");
    if (_incoming.empty() || _outgoing.empty())
        throw std::runtime_error("What was parked did not stay so.");
    begin();
}

/// A comment that Jira does not give out, and one that it does not take.
void Neighbour::park() const {
    _world.jira.fault("status=400,path=/comment");
    const std::string& finding = _findings[parkedFinding];
    _world.jira.control("POST", "/_sim/issues/" + keyOf(finding) + "/comment", R"({"text":"globex-canary"})");
    _world.host.control("POST", "/organisations/globex/findings/" + finding + "/status",
                        R"({"status":"resolved","actor":"alice","reason":"globex-canary"})");
    waitFor("a parked change in both directions", [&] {
        _world.advance(std::chrono::minutes(5)); // pauses between the tries grow
        return !parked("incoming").empty() && !parked("outgoing").empty();
    });
    _world.jira.clearFaults();
}

/// A ticket is gone without a word, and a second one carries a label that no finding has.
void Neighbour::compare() const {
    _world.jira.fault("webhook-lose");
    const std::string key = keyOf(_findings[lostFinding]);
    const auto copy = _world.jira.control("POST", "/_sim/issues/" + key + "/clone", "{}")["key"].text();
    _world.jira.control("POST", "/_sim/issues/" + copy + "/edit", R"({"labels":["globex-canary"]})");
    _world.jira.control("DELETE", "/_sim/issues/" + key);
    _world.advance(std::chrono::seconds(2)); // Jira's index knows of it
    auto admin = this->admin();
    settings(admin, "POST", "reconciliation", "{}");
    waitFor("a comparison with a difference and an orphan", [&] {
        const auto report = settings(admin, "GET", "reconciliation")["report"];
        return report["state"].text() == "done" && report["rows"].size() > 0 && report["orphans"].size() > 0;
    });
    _world.jira.clearFaults();
}

void Neighbour::begin() {
    auto admin = this->admin();
    const auto link = settings(admin, "POST", "connection/handover", "{}")["url"].text();
    _token = link.substr(link.find_last_of("/#=") + 1);
    _state = queryValue(settings(admin, "POST", "connection/cloud/authorize", "{}")["authorizeUrl"].text(),
                        "state");
}

std::string Neighbour::keyOf(const std::string& finding) const {
    return _world.host.finding(finding, "globex")["ticket"]["key"].text();
}

/// The id of what is parked; empty when there is nothing.
std::string Neighbour::parked(const std::string& direction) const {
    auto admin = this->admin();
    const auto rows = settings(admin, "GET", "sync/queue")[direction]["rows"];
    return rows.size() == 0 ? "" : rows[0]["id"].text();
}

std::map<std::string, std::string> Neighbour::idsFor(const DescribedRoute& route) const {
    const auto isAbout = [&](const char* what) { return route.path.find(what) != std::string::npos; };
    const std::string id = isAbout("test-tickets") ? _testTicket : isAbout("outgoing") ? _outgoing : "10000";
    const std::string finding = isAbout("links") ? _findings[linkedFinding] : this->finding();
    return {{"project", _project},   {"finding", finding},   {"ticket", keyOf(finding)}, {"id", id},
            {"typeId", "10001"},     {"token", _token},      {"state", _state},          {"canary", canary},
            {"incoming", _incoming}, {"outgoing", _outgoing}};
}

std::string Neighbour::inventory() const {
    auto admin = this->admin();
    std::string all;
    for (const std::string path : {"connection", "mappings", "field-mapping", "sync-settings", "test-tickets",
                                   "pushes", "reconciliation"})
        all += askSettings(admin, "GET", path).body + "\n";
    const auto queue = settings(admin, "GET", "sync/queue");
    for (const char* direction : {"incoming", "outgoing"})
        all += queue[direction]["rows"].dump() + "\n";
    for (const std::string path : {"mappings/", "field-mapping/", "sync-settings/"})
        all += askSettings(admin, "GET", path + _project).body + "\n";
    for (const std::string& finding : _findings)
        all += _world.host.finding(finding, "globex").dump() + "\n" +
               _world.host.timeline(finding, "globex") + "\n";
    for (const auto& alert : _world.host.alerts("globex"))
        all += alert.dump() + "\n";
    for (const auto& issue : _world.jira.issues())
        if (issue["project"].text() == "AUTH")
            all += issue.dump() + "\n";
    return all;
}

} // namespace integration
