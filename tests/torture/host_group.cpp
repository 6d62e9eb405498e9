#include "host_group.hpp"

#include "jira_steps.hpp"

#include <stdexcept>

namespace torture {

using namespace test_support;

namespace {

/// Short, so that what a dead host had in hand goes on before the next one dies.
constexpr const char* hostTimeoutSeconds = "3";

SimulatorOptions simulatorOf(std::uint64_t seed) {
    SimulatorOptions options;
    options.arguments = {"--seed", std::to_string(seed), "--client-secret", clientSecret};
    return options;
}

} // namespace

const std::vector<Mapped>& mappedProjects() {
    static const std::vector<Mapped> all{{"payments-api", "PAY", "Bug"}, {"auth-service", "AUTH", "Task"}};
    return all;
}

HostGroup::HostGroup(int count, std::uint64_t seed) : jira(simulatorOf(seed)), doors(seed) {
    add(); // the others get its keys, which are made when they are first used
    connectJira(*_hosts.front(), jira);
    for (const Mapped& each : mappedProjects())
        mapProject(*_hosts.front(), each.project, each.jiraProject, each.issueType);
    while (static_cast<int>(_hosts.size()) < count)
        add();
}

void HostGroup::add() {
    HostOptions options;
    options.config = configFor(jira);
    options.config["jira.cloud.client_secret"] = clientSecret;
    options.config["database.url"] = _url;
    options.config["database.host_timeout_seconds"] = hostTimeoutSeconds;
    options.config["host.public_url"] = spreader.url();
    options.config["host.log_level"] = "debug";
    options.plugin = killableBundle();
    options.platform = _shared / "host.db";
    if (!_hosts.empty())
        options.keys = _hosts.front()->data() / "keys.json";
    _hosts.push_back(std::make_unique<StubHost>(std::move(options)));
    _isUp.push_back(true);
    open(_hosts.size() - 1);
}

void HostGroup::open(std::size_t number) {
    const StubHost& host = *_hosts[number];
    doors.open(number, {host.url(), Json::parse(readFile(host.data() / "host.json"))["token"].text()});
}

std::vector<std::filesystem::path> HostGroup::directories() const {
    std::vector<std::filesystem::path> all{postgres.directory()};
    for (const auto& host : _hosts)
        all.push_back(host->directory());
    return all;
}

std::set<std::filesystem::path> HostGroup::configFiles() const {
    std::set<std::filesystem::path> all;
    for (const auto& host : _hosts)
        all.insert(host->configFile());
    return all;
}

void HostGroup::checkNoneEnded() const {
    for (std::size_t i = 0; i < size(); ++i)
        if (_isUp[i] && !_hosts[i]->isRunning())
            throw std::runtime_error("Host " + std::to_string(i + 1) + " ended by itself, status " +
                                     std::to_string(_hosts[i]->exitStatus().value_or(0)));
}

void HostGroup::kill(std::size_t number) {
    _hosts[number]->kill();
    _isUp[number] = false;
}

void HostGroup::start(std::size_t number, const std::string& killPoint) {
    _hosts[number]->setEnvironment({{"ASPM_KILL_AT", killPoint}});
    _hosts[number]->start();
    _isUp[number] = true;
    open(number);
}

void HostGroup::advance(std::chrono::milliseconds by) {
    jira.control("POST", "/_sim/clock", R"({"advanceMs":)" + std::to_string(by.count()) + "}");
    for (const auto& host : _hosts)
        host->advanceClock(by);
}

} // namespace torture
