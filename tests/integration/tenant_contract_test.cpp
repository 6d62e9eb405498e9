#include <catch2/catch.hpp>

#include "contract_functions.hpp"
#include "neighbour.hpp"
#include "paths.hpp"

#include "runtime/stub_host.hpp"

#include <functional>
#include <sstream>

/// Every function of the contract that is told an organisation, called with what belongs to another one:
/// those of the plugin by a host that mixes up two organisations, those of the host by a plugin that does.
using namespace integration;

namespace {

namespace platform = aspm::host;

const char* const hook = "jira";
const char* const alertKey = "shared-key";

/// The running host, in this process, on the data that another one left.
class Inside {
public:
    Inside(const test_support::StubHost& left, const Neighbour& globex)
        : _host({{test_support::jiraBundle(), test_support::trespasserBundle()},
                 left.data(),
                 0,
                 left.configFile(),
                 (left.data() / "inside.log").string(),
                 false}),
          jira(*_host.plugins().at(0)), trespasser(*_host.plugins().at(1)), _finding(globex.finding()) {}

    std::vector<std::string> globexAlerts() {
        std::vector<std::string> titles;
        for (const auto& record : _host.alerts().list("globex", false))
            titles.push_back(record.alert.title);
        return titles;
    }
    void raiseForGlobex() {
        _host.alerts().raise(trespasser.manifest().id, "globex",
                             {ASPM_ALERT_WARNING, alertKey, canary, canary, "", ""});
    }
    void clearForGlobex() { _host.alerts().clear(trespasser.manifest().id, "globex", alertKey); }
    std::size_t globexRecords() { return _host.audit().list("globex", 1000).size(); }

    /// A host takes it for acme's, and it has the ids of globex's finding and project.
    platform::Finding mistaken() {
        const auto theirs = _host.findings().get("globex", _finding);
        platform::Finding finding;
        finding.organisation = "acme";
        finding.id = theirs.id;
        finding.project = theirs.project;
        finding.title = "Mixed up";
        finding.revision = theirs.revision + 100;
        return finding;
    }

    static platform::HttpRequest request(const std::string& path, const std::string& query = "") {
        platform::HttpRequest request;
        request.path = path;
        request.query = query;
        request.organisation = "acme";
        request.principal.emplace();
        request.principal->roles = ASPM_ROLE_ADMIN | ASPM_ROLE_MEMBER;
        request.principal->organisation = request.principal->organisationName = "acme";
        request.principal->user = request.principal->userName = "alice";
        return request;
    }

private:
    platform::StubHost _host;

public:
    platform::Plugin& jira;
    platform::Plugin& trespasser;

private:
    std::string _finding;
};

/// What a probe saw: the words of an answer, in which nothing of the other organisation may stand.
using Probe = std::function<std::string(Inside&, const Neighbour&)>;

std::string words(const platform::HttpAnswer& answer) {
    return std::to_string(answer.status) + " " + answer.body;
}

std::string push(Inside& inside, const Neighbour&) {
    platform::PushRequest request;
    request.organisation = "acme";
    request.key = "mixed-up";
    request.flags = ASPM_PUSH_RETRY;
    request.findings = {inside.mistaken()};
    const auto receipt = inside.jira.push(hook, request).receipts.at(0);
    CHECK(receipt.state == ASPM_PUSH_REFUSED);
    return receipt.message + " " + receipt.remedy;
}

std::string preview(Inside& inside, const Neighbour&) {
    const auto answer = inside.jira.preview(hook, inside.mistaken());
    std::string all = answer.payload;
    for (const auto& [name, value] : answer.fields)
        all += " " + name + "=" + value;
    CHECK(answer.problems.size() == 1); // the project is not mapped here
    return all;
}

std::string state(Inside& inside, const Neighbour& globex) {
    const auto theirs = inside.jira.pushState(hook, "globex", globex.finding());
    CHECK(theirs.state == ASPM_PUSH_CREATED); // it is there
    const auto ours = inside.jira.pushState(hook, "acme", globex.finding());
    CHECK(ours.state == ASPM_PUSH_NONE);
    CHECK_FALSE(ours.ticket);
    return ours.message + " " + ours.remedy;
}

std::string changed(Inside& inside, const Neighbour&) {
    std::string all;
    for (const std::uint32_t what : {ASPM_CHANGED_STATUS, ASPM_CHANGED_SEVERITY, ASPM_CHANGED_DUE_DATE,
                                     ASPM_CHANGED_TEXT, ASPM_CHANGED_DELETED}) {
        platform::FindingChange change;
        change.changes = what;
        change.finding = inside.mistaken();
        change.finding.status = ASPM_FINDING_RESOLVED;
        change.event = "mixed-up-" + std::to_string(what);
        change.actor = "scan";
        const auto result = inside.jira.changed(hook, change);
        CHECK(result.ok());
        all += result.message + " ";
    }
    return all;
}

std::string page(Inside& inside, const Neighbour& globex) {
    std::string all;
    for (const std::string& path : {"/api/mappings/" + globex.project(), "/api/pushes/" + globex.finding(),
                                    "/api/findings/" + globex.finding() + "/explanation"}) {
        auto request = Inside::request(path);
        const auto answer = inside.jira.servePage("jira", request);
        CHECK(answer.status == 404);
        request.organisation = "globex"; // the principal counts
        all += words(answer) + words(inside.jira.servePage("jira", request));
    }
    return all;
}

std::string webhook(Inside& inside, const Neighbour&) {
    auto request = Inside::request("/0123456789abcdef0123456789abcdef");
    request.method = "POST";
    request.principal.reset();
    request.headers = {{"Content-Type", "application/json"}};
    request.body = R"({"webhookEvent":"jira:issue_updated"})";
    const auto answer = inside.jira.serveWebhook("jira", request);
    CHECK(answer.status == 404);
    return words(answer);
}

const std::map<std::string, Probe>& pluginProbes() {
    static const std::map<std::string, Probe> probes{
        {"aspm_settings_page.handle", page}, {"aspm_webhook_route.handle", webhook},
        {"aspm_ticket_push.push", push},     {"aspm_ticket_push.preview", preview},
        {"aspm_ticket_push.state", state},   {"aspm_finding_status_hook.changed", changed},
    };
    return probes;
}

/// What the host answered to the trespasser, by function.
std::map<std::string, std::string> hostAnswers(Inside& inside, const Neighbour& globex) {
    const auto answer = inside.trespasser.servePage(
        "trespasser", Inside::request("/", "acme,globex," + globex.project() + "," + globex.finding() +
                                               ",gina," + alertKey));
    INFO(answer.result.message);
    REQUIRE(answer.result.ok());
    std::map<std::string, std::string> answers;
    std::istringstream lines(answer.body);
    for (std::string line; std::getline(lines, line);)
        answers[line.substr(0, line.find(": "))] = line.substr(line.find(": ") + 2);
    return answers;
}

/// Whether the function told and changed nothing: it found nothing, or what it did was in its own
/// organisation.
bool isHarmless(const std::string& function, const std::string& answer) {
    const bool isOwn =
        function == "aspm_alerts.raise" || function == "aspm_alerts.clear" || function == "aspm_audit.record";
    return answer == "nothing" || answer == "not found" || answer.compare(0, 3, "own") == 0 ||
           (isOwn && answer == "done");
}

} // namespace

TEST_CASE("the walk of the contract finds functions that are told an organisation", "[tenants]") {
    const auto functions = functionsWithOrganisation();
    CHECK(functions.count("aspm_findings.get") == 1);
    CHECK(functions.count("aspm_ticket_push.push") == 1);     // in its request
    CHECK(functions.count("aspm_webhook_route.handle") == 1); // in its principal, too
    CHECK(functions.count("aspm_directory.organisations") == 0);
    CHECK(functions.count("aspm_clock.now_ms") == 0);
}

TEST_CASE("no function of the contract gives anything of another organisation", "[integration][tenants]") {
    ConnectedHost world;
    const Neighbour globex(world);
    world.host.control("POST", "/organisations/globex/users",
                       R"({"id":"gina","name":"Gina","email":"gina@globex-canary.example",)"
                       R"("roles":["member"],"administers":[]})");
    const auto before = globex.inventory();
    const auto requests = world.jira.requests();
    REQUIRE(world.host.stop() == 0);
    {
        Inside inside(world.host, globex);
        inside.raiseForGlobex();
        const auto alerts = inside.globexAlerts();
        const auto records = inside.globexRecords();
        REQUIRE(alerts == std::vector<std::string>{canary});

        const auto answers = hostAnswers(inside, globex);
        for (const std::string& function : functionsWithOrganisation()) {
            CAPTURE(function);
            const auto probe = pluginProbes().find(function);
            const auto answered = answers.find(function);
            // A new function needs a probe above, or a line of the trespasser.
            REQUIRE((probe != pluginProbes().end()) != (answered != answers.end()));
            const bool isPlugins = probe != pluginProbes().end();
            const auto answer = isPlugins ? probe->second(inside, globex) : answered->second;
            CAPTURE(answer);
            CHECK(answer.find(canary) == std::string::npos);
            CHECK((isPlugins || isHarmless(function, answer)));
        }
        CHECK(inside.globexAlerts() == alerts);
        CHECK(inside.globexRecords() == records);
        inside.clearForGlobex();
    }
    CHECK(world.jira.requests() == requests);
    world.host.restartInPlace();
    CHECK(globex.inventory() == before);
}
