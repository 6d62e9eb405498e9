#include "world.hpp"

#include "eventually.hpp"
#include "findings.hpp"
#include "jira_steps.hpp"

#include <csignal>
#include <stdexcept>

namespace bench {

using namespace test_support;

const std::string project = "payments-api";

namespace {

constexpr std::chrono::minutes longestPush{10};

HostOptions hostOptions(const Simulator& jira, int lanes) {
    HostOptions options;
    options.config = configFor(jira);
    options.config["jira.push.lanes"] = std::to_string(lanes);
    return options;
}

} // namespace

Simulator startedOn(const Processors& processors, SimulatorOptions options) {
    const Pinned pinned(processors);
    return Simulator(std::move(options));
}

World::World(int lanes, SimulatorOptions simulator, const Placement& placement, Webhook webhook)
    : jira(startedOn(placement.jira, std::move(simulator))), host(hostOptions(jira, lanes)),
      _admin(host.signedIn()) {
    connectJira(host, jira);
    mapProject(host, project, "PAY", "Bug");
    awaitWebhook();
    if (webhook == Webhook::TakenOut)
        takeWebhookOut();
}

void World::awaitWebhook() const {
    if (!eventually([&] { return jira.control("GET", "/_sim/webhooks")["webhooks"].size() > 0; }))
        throw std::runtime_error("The plugin registered no webhook.");
}

// Jira would tell of each ticket that it was created: work that nobody asks of the bare client's Jira.
void World::takeWebhookOut() const {
    const Json list = jira.control("GET", "/_sim/webhooks")["webhooks"];
    for (std::size_t i = 0; i < list.size(); ++i)
        jira.control("DELETE", "/_sim/webhooks/" + std::to_string(list[i]["id"].number()));
}

void World::add(int findings) const {
    addFindings(host, project, findings);
}

// Asks where the pushes stand now and then, as a page would, instead of having the host look after each
// report.
void World::push(int tickets) const {
    const auto before = host.count("created");
    host.pushAll(project, 0);
    if (!eventually([&] { return host.count("created") >= before + tickets; }, longestPush)) {
        throw std::runtime_error("Not every finding became a ticket. The host says: " +
                                 host.control("GET", "/organisations/acme/push").dump());
    }
}

void World::queue() const {
    ::kill(jira.pid(), SIGSTOP);
    host.pushAll(project, 0);
}

void World::drain(int tickets) {
    const auto before = stored();
    ::kill(jira.pid(), SIGCONT);
    if (!eventually([&] { return stored() >= before + tickets; }, longestPush)) {
        throw std::runtime_error("Not every finding that was queued became a ticket.");
    }
}

// Parked ones are listed, as there are none: only the counts are wanted.
long long World::stored() {
    const auto counts = settings(_admin, "GET", "pushes?state=parked")["counts"];
    return counts.has("created") ? counts["created"].number() : 0;
}

} // namespace bench
