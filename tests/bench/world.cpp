#include "world.hpp"

#include "findings.hpp"
#include "jira_steps.hpp"

#include <stdexcept>

namespace bench {

using namespace test_support;

const std::string project = "payments-api";

namespace {

constexpr long long longestPushMs = 600'000;

HostOptions hostOptions(const Simulator& jira, int lanes) {
    HostOptions options;
    options.config = configFor(jira);
    options.config["jira.push.lanes"] = std::to_string(lanes);
    return options;
}

} // namespace

World::World(int lanes, SimulatorOptions simulator)
    : jira(std::move(simulator)), host(hostOptions(jira, lanes)) {
    connectJira(host, jira);
    mapProject(host, project, "PAY", "Bug");
}

void World::add(int findings) const {
    addFindings(host, project, findings);
}

void World::push(int tickets) const {
    const auto before = host.count("created");
    const auto answer = host.pushAll(project, longestPushMs);
    if (host.count("created") != before + tickets) {
        throw std::runtime_error("Not every finding became a ticket. The host says: " + answer.dump() + "\n" +
                                 host.control("GET", "/organisations/acme/push").dump());
    }
}

} // namespace bench
