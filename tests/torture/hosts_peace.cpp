#include "hosts_peace.hpp"

#include "jira_steps.hpp"
#include "seen.hpp"

namespace torture {

using namespace test_support;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const std::string ours = "/organisations/" + organisation;

/// In real time, with thousands of findings; what waits is helped by the clocks.
constexpr seconds settlingLimit{180};
/// Looks at what waits: so many without help, so many with little.
constexpr int patientLooks = 100, gentleLooks = 300;

} // namespace

Evidence HostsPeace::evidence() {
    Evidence evidence;
    pushTheRest();
    settle(evidence);
    gather(evidence);
    return evidence;
}

Evidence HostsPeace::comparedEvidence() {
    Evidence evidence;
    compare(evidence);
    settle(evidence);
    gather(evidence);
    return evidence;
}

bool HostsPeace::isAllTold() const {
    const auto sent = _group.jira.control("GET", "/_sim/deliveries?state=lost")["counts"];
    return sent["lost"].number() + sent["failed"].number() + sent["dropped"].number() == 0;
}

/// What a host did not live to take.
void HostsPeace::pushTheRest() {
    for (const Mapped& each : mappedProjects()) {
        const auto asked = _group.host(0).control(
            "POST", ours + "/push", R"({"user":"alice","all":true,"project":)" + quoted(each.project) + "}");
        _diary.note(each.project + ": asked for " + asked["asked"].text() + " more tickets");
    }
}

bool HostsPeace::isQuiet() const {
    if (_group.host(0).control("GET", ours + "/push")["outstanding"].number() > 0)
        return false;
    if (_group.host(0).control("POST", "/events/flush", R"({"timeoutMs":200})")["pending"].number() > 0)
        return false;
    const auto sent = _group.jira.control("GET", "/_sim/deliveries?state=pending")["counts"];
    if (sent["pending"].number() + sent["held"].number() + sent["waiting"].number() > 0)
        return false;
    auto admin = _group.host(0).signedIn();
    const auto queue = settings(admin, "GET", "sync/queue");
    return queue["incoming"]["waiting"].number() + queue["outgoing"]["waiting"].number() == 0;
}

std::string HostsPeace::whatWaits() const {
    auto admin = _group.host(0).signedIn();
    return "pushes " + _group.host(0).control("GET", ours + "/push").dump() + ", deliveries " +
           _group.jira.control("GET", "/_sim/deliveries?state=pending")["counts"].dump() + ", queue " +
           settings(admin, "GET", "sync/queue").dump();
}

void HostsPeace::settle(Evidence& evidence) {
    int looks = 0;
    const bool isSettled = eventually(
        [&] {
            _group.jira.control("POST", "/_sim/webhooks/flush-retries");
            if (isQuiet())
                return true;
            if (++looks > patientLooks)
                _group.advance(looks < gentleLooks ? milliseconds(seconds(2)) : milliseconds(minutes(5)));
            return false;
        },
        settlingLimit);
    _diary.note("quiet after " + std::to_string(looks) + " looks");
    if (!isSettled)
        evidence.stuck = "it does not become quiet: " + whatWaits();
}

void HostsPeace::compare(Evidence& evidence) {
    auto admin = _group.host(0).signedIn();
    const std::string counts = comparisonSeen(admin, settlingLimit, evidence);
    if (counts.empty())
        return;
    _diary.note("compared: " + counts);
    if (isAllTold() && Json::parse(counts)["drifted"].number() > 0)
        evidence.broken.push_back("Jira told of everything, and the comparison finds differences: " + counts);
}

/// Why a call of Jira's API fails with a token renewed just now; empty: it does not.
std::string HostsPeace::jiraSays() const {
    _group.jira.control("POST", "/_sim/tokens/expire");
    for (std::size_t i = 0; i < _group.size(); ++i) {
        auto admin = _group.host(i).signedIn();
        const auto answer = askSettings(admin, "GET", "jira/projects");
        if (answer.status != 200)
            return answer.body;
    }
    return {};
}

void HostsPeace::gather(Evidence& evidence) const {
    std::map<std::string, std::string> ids;
    for (const Json& issue : _group.jira.issues()) {
        evidence.tickets.push_back(ticketSeen(issue));
        ids[evidence.tickets.back().key] = evidence.tickets.back().id;
    }
    for (const auto& [key, comment] : _crowd.said())
        evidence.said.push_back({ids[key], comment.id, comment.text});
    evidence.findings = findingsSeen(_group.host(0), organisation);
    auto admin = _group.host(0).signedIn();
    queueSeen(admin, evidence);
    evidence.api = jiraSays();
    auto known = _group.configFiles();
    known.insert(_group.postgres.directory() / "data" / "server.key"); // of its own certificate
    leaksSeen(_group.jira, _group.directories(), known, evidence);
    if (!_crowd.trouble().empty())
        evidence.broken.push_back("people could not go on: " + _crowd.trouble());
}

} // namespace torture
