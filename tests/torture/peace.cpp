#include "peace.hpp"

#include "seen.hpp"

#include <algorithm>
#include <fstream>

#include <sys/resource.h>

namespace torture {

using namespace test_support;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// In real time; what waits is helped by the clocks.
constexpr seconds settlingLimit{45};
constexpr int mostRounds = 12; // more than any pool takes to fill up

const std::string ours = "/organisations/" + organisation;

int entriesOf(const std::string& directory) {
    const std::filesystem::directory_iterator all(directory);
    return static_cast<int>(std::distance(begin(all), end(all)));
}

// A sanitizer keeps what was freed for a while: there it says nothing, and leaks are told at the end anyway.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memoryTells = false;
#else
constexpr bool memoryTells = true;
#endif

/// Whether a core file of the process, which holds secrets in clear, could come to lie on the disk.
bool maySpill(pid_t pid) {
    rlimit limit{};
    ::prlimit(pid, RLIMIT_CORE, nullptr, &limit);
    return limit.rlim_cur > 1;
}

int memoryKiBOf(const std::string& process) {
    std::ifstream status(process + "/status");
    for (std::string word; status >> word;)
        if (int value = 0; word == "RssAnon:" && status >> value)
            return value;
    return 0;
}

} // namespace

Evidence Peace::evidence() {
    come();
    settle();
    if (_evidence.stuck.empty())
        compare();
    if (_evidence.stuck.empty())
        settle();
    if (_evidence.stuck.empty())
        pushMore();
    gather();
    return std::move(_evidence);
}

void Peace::come() {
    _troubles.calm();
    _world.kill("before the peace");
    _world.bringUp();
    _world.setClockRight();
    jiraSays(); // so that an end which nobody has noticed yet is noticed
    reconnectIfNeeded();
    _people.pushAll();
}

/// Why a call of Jira's API fails; empty: it does not.
std::string Peace::jiraSays() const {
    auto admin = _world.host.signedIn();
    const auto answer = askSettings(admin, "GET", "jira/projects");
    return answer.status == 200 ? "" : answer.body;
}

bool Peace::isAlarmed() const {
    const auto alerts = _world.host.alerts(organisation);
    return std::any_of(alerts.begin(), alerts.end(), [](const Json& alert) {
        return alert["remedy"].text().find("econnect") != std::string::npos;
    });
}

void Peace::reconnectIfNeeded() {
    const std::string state = _world.connectionState();
    if (state == "connected")
        return;
    // Who found it out tells it next.
    if (state == "needs_attention" && !eventually([&] { return isAlarmed(); }, seconds(2)))
        _evidence.broken.push_back("the connection has ended, and no alert says so");
    if (state == "needs_attention" && !_troubles.mayHaveEnded())
        _evidence.broken.push_back("the connection has ended, and nothing was done that must end it");
    _diary.note("the connection is " + state + ": an admin connects again");
    ++_diary.reconnects;
    _world.connect();
}

std::string Peace::whatWaits() const {
    const auto deliveries = _world.jira.control("GET", "/_sim/deliveries?state=pending")["counts"];
    auto admin = _world.host.signedIn();
    const auto queue = settings(admin, "GET", "sync/queue");
    return "pushes " + _world.host.control("GET", ours + "/push").dump() + ", deliveries " +
           deliveries.dump() + ", queue " + queue.dump();
}

bool Peace::isQuiet() const {
    if (_world.host.control("GET", ours + "/push")["outstanding"].number() > 0)
        return false;
    if (_world.host.control("POST", "/events/flush", R"({"timeoutMs":200})")["pending"].number() > 0)
        return false;
    const auto sent = _world.jira.control("GET", "/_sim/deliveries?state=pending")["counts"];
    if (sent["pending"].number() + sent["held"].number() + sent["waiting"].number() > 0)
        return false;
    auto admin = _world.host.signedIn();
    const auto queue = settings(admin, "GET", "sync/queue");
    return queue["incoming"]["waiting"].number() + queue["outgoing"]["waiting"].number() == 0;
}

/// What is due later is helped by the clocks, at first gently: most things are due in a second.
void Peace::settle() {
    _world.jira.control("POST", "/_sim/webhooks/flush-retries");
    int rounds = 0;
    const bool isSettled = eventually(
        [&] {
            if (isQuiet())
                return true;
            if (++rounds > 5)
                _world.advance(rounds < 20 ? milliseconds(1'000) : rounds < 60 ? seconds(20) : minutes(10));
            if (rounds % 10 == 0)
                reconnectIfNeeded();
            if (rounds == 100)
                _diary.note("waiting: " + whatWaits());
            return false;
        },
        settlingLimit);
    _diary.note("quiet after " + std::to_string(rounds) + " looks");
    if (!isSettled)
        _evidence.stuck = "it does not become quiet: " + whatWaits();
}

void Peace::compare() {
    auto admin = _world.host.signedIn();
    const std::string counts = comparisonSeen(admin, settlingLimit, _evidence);
    if (!counts.empty())
        _diary.note("compared: " + counts);
}

Footprint Peace::footprint() const {
    const std::string process = "/proc/" + std::to_string(_world.host.pid());
    return {entriesOf(process + "/fd"), entriesOf(process + "/task"), memoryTells ? memoryKiBOf(process) : 0};
}

/// Until a round costs nothing any more; the judge takes offence when none does.
void Peace::pushMore() {
    for (int round = 0; round < mostRounds; ++round) {
        _people.import(2);
        _people.pushAll();
        settle();
        _evidence.footprints.push_back(footprint());
        const auto& all = _evidence.footprints;
        if (all.size() > 1 && all.back().descriptors <= all[all.size() - 2].descriptors &&
            all.back().threads <= all[all.size() - 2].threads)
            return;
    }
}

void Peace::gather() {
    _evidence.findings = findingsSeen(_world.host, organisation);
    for (const Json& issue : _world.jira.issues())
        _evidence.tickets.push_back(ticketSeen(issue));
    _people.testify(_evidence);
    auto admin = _world.host.signedIn();
    queueSeen(admin, _evidence);
    leaksSeen(_world.jira, {_world.host.directory()}, {_world.host.configFile()}, _evidence);
    _world.jira.control("POST", "/_sim/tokens/expire"); // the next one shows that the grant is alive, too
    _evidence.api = jiraSays();
    _evidence.mayDumpCore = maySpill(_world.host.pid());
}

} // namespace torture
