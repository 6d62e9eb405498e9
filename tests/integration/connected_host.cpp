#include "connected_host.hpp"

#include <catch2/catch.hpp>

#include <cctype>
#include <stdexcept>

namespace integration {

using namespace test_support;

namespace {

std::map<std::string, std::string> merged(std::map<std::string, std::string> base,
                                          const std::map<std::string, std::string>& over) {
    for (const auto& [key, value] : over) {
        base[key] = value;
    }
    return base;
}

} // namespace

std::string traceName() {
    std::string name;
    for (const char c : Catch::getResultCapture().getCurrentTestName()) {
        const bool isPlain = std::isalnum(static_cast<unsigned char>(c)) != 0;
        if (isPlain || (!name.empty() && name.back() != '-')) {
            name += isPlain ? c : '-';
        }
    }
    return name.substr(0, 100);
}

SimulatorOptions traced(std::vector<std::string> arguments) {
    SimulatorOptions options;
    options.arguments = std::move(arguments);
    options.traceName = traceName();
    return options;
}

ConnectedHost::ConnectedHost(SimulatorOptions simulator, const std::map<std::string, std::string>& config)
    : jira(std::move(simulator)), host({merged(configFor(jira), config), jiraBundle()}) {
    connectJira(host, jira);
    mapProjects(host);
}

Json ConnectedHost::ticketOf(const std::string& finding) const {
    const auto told = host.finding(finding);
    if (told["ticket"].isNull()) {
        throw std::runtime_error("The finding has no ticket: " + told["push"].dump());
    }
    return jira.issue(told["ticket"]["key"].text());
}

bool ConnectedHost::settles() const {
    return eventually(
        [this] { return host.control("GET", "/organisations/acme/push")["outstanding"].number() == 0; });
}

void ConnectedHost::advance(std::chrono::milliseconds by) const {
    jira.control("POST", "/_sim/clock", R"({"advanceMs":)" + std::to_string(by.count()) + "}");
    host.advanceClock(by);
}

std::string dedupeLabelOf(const Json& issue) {
    std::string found;
    for (const auto& label : issue["labels"].texts()) {
        if (label.rfind("aspm-", 0) == 0) {
            if (!found.empty()) {
                throw std::runtime_error("Two dedupe labels: " + issue.dump());
            }
            found = label;
        }
    }
    if (found.empty()) {
        throw std::runtime_error("No dedupe label: " + issue.dump());
    }
    return found;
}

std::map<std::string, int> ticketsByLabel(const Simulator& jira) {
    std::map<std::string, int> counts;
    for (const auto& issue : jira.issues()) {
        ++counts[dedupeLabelOf(issue)];
    }
    return counts;
}

std::filesystem::path copyOfBundle(const TempDir& directory) {
    auto copy = directory / "bundle";
    std::filesystem::copy(jiraBundle(), copy, std::filesystem::copy_options::recursive);
    return copy;
}

} // namespace integration
