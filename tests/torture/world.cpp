#include "world.hpp"

#include <fstream>
#include <map>
#include <stdexcept>

namespace torture {

using namespace test_support;
using std::chrono::milliseconds;

namespace {

constexpr int killed = 128 + 9;

std::string pickDeployment(Dice& dice) {
    return dice.pick(std::vector<std::string>{"cloud", "cloud", "cloud", "8.20", "9.12", "10.3"});
}

std::vector<Mapped> pickProjects(Dice& dice) {
    std::vector<Mapped> all{{"payments-api", "PAY", "Bug"}};
    if (dice.chance(0.5))
        all.push_back(dice.chance(0.5) ? Mapped{"legacy-billing", "LEG", "Task"}
                                       : Mapped{"auth-service", "AUTH", "Task"});
    return all;
}

SimulatorOptions simulatorOf(std::uint64_t seed, const std::string& deployment, const Gate& gate) {
    SimulatorOptions options;
    options.arguments = {"--seed",     std::to_string(seed), "--client-secret",
                         clientSecret, "--site-url",         gate.url()};
    if (deployment != "cloud")
        options.arguments.insert(options.arguments.end(), {"--deployment", "dc", "--version", deployment});
    return options;
}

HostOptions hostOf(const Simulator& jira, const Gate& gate, bool isShipped) {
    HostOptions options;
    options.config = configFor(jira, gate.url());
    options.config["jira.cloud.client_secret"] = clientSecret;
    options.config["jira.http.timeout_seconds"] = "2";
    options.config["host.log_level"] = "debug";
    options.plugin = isShipped ? jiraBundle() : killableBundle();
    options.startsAtOnce = false;
    return options;
}

} // namespace

World::World(std::uint64_t seed, Dice& dice, Diary& diary)
    : _diary(diary), _deployment(pickDeployment(dice)), _projects(pickProjects(dice)),
      _isShipped(dice.chance(0.2)), jira(simulatorOf(seed, _deployment, gate)),
      host(hostOf(jira, gate, _isShipped)) {
    gate.leadTo(jira.url());
    jira.fault("index-delay=100");
    _diary.note("Jira " + _deployment + ", mapped: " + _projects.front().jiraProject +
                (_projects.size() > 1 ? ", " + _projects.back().jiraProject : "") +
                (_isShipped ? "; the library as it is shipped" : ""));
}

bool World::start(const std::string& killPoint) {
    const std::string killAt = _isShipped ? "" : killPoint; // it has none
    std::map<std::string, std::string> environment{{"ASPM_MISSING", missingParts().string()}};
    if (!killAt.empty()) {
        environment["ASPM_KILL_AT"] = killAt;
        _diary.note("the host starts, to die at " + killAt);
    }
    host.setEnvironment(environment);
    _killAt = killAt;
    _isCounted = false;
    try {
        host.startInPlace();
        return true;
    } catch (const std::runtime_error&) {
        if (killAt.empty() || host.exitStatus() != killed)
            throw;
        isDown();
        return false;
    }
}

std::filesystem::path World::missingParts() const {
    return host.directory() / "missing";
}

void World::setMissing(const std::string& part, bool isMissing) const {
    std::filesystem::create_directories(missingParts());
    if (isMissing)
        std::ofstream(missingParts() / part).flush();
    else
        std::filesystem::remove(missingParts() / part);
}

void World::bringUp() {
    if (isDown())
        start();
}

void World::kill(const std::string& why) {
    if (isDown())
        return;
    host.kill();
    _isCounted = true;
    _diary.death("kill -9 " + why);
}

bool World::isDown() {
    const auto status = host.exitStatus();
    if (host.isRunning())
        return false;
    if (!status || _isCounted)
        return true; // it never ran, or we know
    _isCounted = true;
    if (*status != killed || _killAt.empty())
        throw std::runtime_error("The host ended by itself, status " + std::to_string(*status));
    _diary.death("the host died at its kill point", _killAt.substr(0, _killAt.find(':')));
    return true;
}

void World::connect() {
    if (connectionState() != "connected") {
        if (isCloud())
            connectCloud();
        else
            connectServer();
    }
    if (connectionState() != "connected")
        throw std::runtime_error("Jira is not connected: " + connectionState());
}

void World::connectCloud() {
    auto admin = host.signedIn();
    authorize(admin, jira);
}

void World::connectServer() {
    auto admin = host.signedIn();
    const auto guide = settings(admin, "GET", "connection/data-center");
    for (const auto& link : jira.control("GET", "/_sim/applinks")["applinks"].items())
        jira.control("DELETE", "/_sim/applinks/" + std::to_string(link["id"].number()));
    jira.control("POST", "/_sim/applinks",
                 R"({"consumerKey":)" + quoted(guide["consumerKey"].text()) + R"(,"publicKey":)" +
                     quoted(guide["publicKey"].text()) + "}");
    const auto verified =
        settings(admin, "POST", "connection/data-center/verify", R"({"url":)" + quoted(gate.url()) + "}");
    const auto consent =
        jira.control("POST", "/_sim/consent",
                     R"({"decision":"accept","url":)" + quoted(verified["authorizeUrl"].text()) + "}");
    admin.get(pathOf(consent["location"].text()));
}

void World::map() {
    for (const Mapped& each : _projects)
        mapProject(host, each.project, each.jiraProject, each.issueType);
}

void World::disconnect() {
    auto admin = host.signedIn();
    const auto connection = settings(admin, "GET", "connection");
    settings(admin, "DELETE", "connection", R"({"site":)" + quoted(connection["site"]["name"].text()) + "}");
}

std::string World::connectionState() const {
    auto admin = host.signedIn();
    return settings(admin, "GET", "connection")["state"].text();
}

void World::advance(milliseconds by) {
    jira.control("POST", "/_sim/clock", R"({"advanceMs":)" + std::to_string(by.count()) + "}");
    _jiraAhead += by;
    host.advanceClock(by);
}

void World::jump(milliseconds by) {
    host.advanceClock(by);
}

/// By what it says itself: a host in trouble may fail to answer and have set it all the same, or not.
void World::setClockRight() {
    const milliseconds ahead(host.control("GET", "/clock")["offsetMs"].number());
    if (ahead != _jiraAhead)
        jump(_jiraAhead - ahead);
}

} // namespace torture
