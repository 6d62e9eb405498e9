#include <catch2/catch.hpp>

#include "connected_host.hpp"
#include "described_routes.hpp"

using namespace integration;
using namespace test_support;

namespace {

/// Stands in everything that belongs to the other organisation.
const std::string canary = "globex-canary";

/// What a request with the other organisation's ids must come to.
enum class Expected {
    Nothing, ///< "not found" or "not allowed"
    OwnOnly, ///< whatever it is, it is about one's own
};

struct Probe {
    Expected expected;
    std::string body = {};
    std::string query = {};
};

/// One for each route; {names} are filled with what is the other organisation's.
const std::map<std::string, Probe>& probes() {
    using E = Expected;
    const std::string mapping = R"({"jiraProject":"PAY","issueType":"Bug"})";
    const std::string batch = R"({"mappings":[{"project":"{project}","mapping":)" + mapping + "}]}";
    static const std::map<std::string, Probe> table{
        {"GET /api/session", {E::OwnOnly}},
        {"GET /api/openapi.json", {E::OwnOnly}},
        {"GET /api/connection", {E::OwnOnly}},
        {"GET /api/connection/sites", {E::OwnOnly}},
        {"GET /api/connection/data-center", {E::OwnOnly}},
        {"GET /api/handover/{token}", {E::Nothing}},
        {"GET /oauth/callback", {E::Nothing, "", "?state={state}&code=x"}},
        {"GET /oauth1/callback", {E::Nothing, "", "?oauth_token={state}&oauth_verifier=x"}},
        {"GET /api/jira/projects", {E::OwnOnly}},
        {"GET /api/jira/projects/{id}/issue-types", {E::OwnOnly}},
        {"GET /api/jira/projects/{id}/issue-types/{typeId}/fields", {E::OwnOnly}},
        {"GET /api/jira/projects/{id}/assignable-users", {E::OwnOnly}},
        {"GET /api/jira/projects/{id}/statuses", {E::OwnOnly}},
        {"GET /api/jira/projects/{id}/transition-fields", {E::OwnOnly}},
        {"GET /api/jira/resolutions", {E::OwnOnly}},
        {"GET /api/projects", {E::OwnOnly}},
        {"GET /api/mappings", {E::OwnOnly}},
        {"GET /api/mappings/{project}", {E::Nothing}},
        {"GET /api/field-mapping", {E::OwnOnly}},
        {"GET /api/field-mapping/{project}", {E::Nothing}},
        {"GET /api/sync-settings", {E::OwnOnly}},
        {"GET /api/sync-settings/{project}", {E::Nothing}},
        {"GET /api/findings", {E::Nothing, "", "?project={project}"}},
        {"GET /api/findings/{finding}/explanation", {E::Nothing}},
        {"GET /api/pushes", {E::Nothing, "", "?project={project}"}},
        {"GET /api/pushes/{finding}", {E::Nothing}},
        {"GET /api/test-tickets", {E::OwnOnly}},
        {"GET /api/test-tickets/{id}", {E::Nothing}},
        {"GET /api/webhook", {E::OwnOnly}},
        {"GET /api/reconciliation", {E::OwnOnly}},
        {"GET /api/sync/queue", {E::OwnOnly}},
        {"GET /api/checks", {E::OwnOnly}},
        {"GET /api/support-bundle", {E::OwnOnly}},
        {"POST /api/connection/cloud/authorize", {E::OwnOnly, "{}"}},
        {"POST /api/connection/site", {E::OwnOnly, R"({"site":"{id}"})"}},
        {"POST /api/connection/data-center/keys", {E::OwnOnly, R"({"confirm":true})"}},
        {"POST /api/connection/data-center/verify", {E::OwnOnly, R"({"url":"https://127.0.0.1:1"})"}},
        {"POST /api/connection/handover", {E::OwnOnly, "{}"}},
        {"POST /api/handover/{token}/authorize", {E::Nothing, "{}"}},
        {"POST /api/handover/{token}/site", {E::Nothing, R"({"site":"x"})"}},
        {"POST /api/mappings/batch", {E::OwnOnly, batch}},
        {"POST /api/mappings/import", {E::OwnOnly, batch, "?dryRun=false"}},
        {"POST /api/preview", {E::Nothing, R"({"finding":"{finding}"})"}},
        {"POST /api/pushes/retry", {E::Nothing, R"({"finding":"{finding}"})"}},
        {"POST /api/webhook/check", {E::OwnOnly, "{}"}},
        {"POST /api/webhook/repair", {E::OwnOnly, "{}"}},
        {"POST /api/webhook/rotate", {E::OwnOnly, "{}"}},
        {"POST /api/webhook/secret", {E::OwnOnly, "{}"}},
        {"POST /api/reconciliation", {E::OwnOnly, "{}"}},
        {"POST /api/sync/retry", {E::Nothing, R"({"direction":"outgoing","id":"{finding}"})"}},
        {"POST /api/links/{finding}", {E::Nothing, R"({"ticket":"AUTH-1"})"}},
        {"POST /api/links/{finding}/create-again", {E::Nothing, "{}"}},
        {"POST /api/links/relink", {E::OwnOnly, "{}"}},
        {"POST /api/test-tickets", {E::Nothing, R"({"project":"{project}"})"}},
        {"POST /api/checks/run", {E::OwnOnly, "{}"}},
        {"POST /api/checks/fix", {E::OwnOnly, R"({"fix":"reread_metadata"})"}},
        {"PUT /api/mappings/{project}", {E::Nothing, mapping}},
        {"PUT /api/field-mapping", {E::OwnOnly, "{}"}},
        {"PUT /api/field-mapping/{project}", {E::Nothing, "{}"}},
        {"PUT /api/sync-settings", {E::OwnOnly, "{}"}},
        {"PUT /api/sync-settings/{project}", {E::Nothing, "{}"}},
        {"DELETE /api/connection", {E::OwnOnly, R"({"site":"{canary}"})"}},
        {"DELETE /api/connection/handover", {E::OwnOnly}},
        // A link may outlive its finding, so an unknown finding is one without a link.
        {"DELETE /api/links/{finding}", {E::OwnOnly, "{}"}},
        {"DELETE /api/sync/outgoing/{id}", {E::Nothing}},
        {"DELETE /api/mappings/{project}", {E::Nothing}},
        {"DELETE /api/field-mapping/{project}", {E::Nothing}},
        {"DELETE /api/sync-settings/{project}", {E::Nothing}},
        {"DELETE /api/test-tickets/{id}", {E::Nothing}},
    };
    return table;
}

/// The second organisation: an administrator of the same name, the same ids as far as ours go, and more.
class Globex {
public:
    explicit Globex(const ConnectedHost& world) : _world(world) {
        const StubHost& host = world.host;
        host.control("POST", "/organisations", R"({"id":"globex","name":"globex-canary Inc."})");
        host.control("POST", "/organisations/globex/users",
                     R"({"id":"alice","name":"Alice of globex-canary","email":"alice@globex.example",)"
                     R"("roles":["admin"],"administers":[]})");
        for (int i = 0; i < 8; ++i)
            _project = host.project(canary + "-" + std::to_string(i), "globex");
        const std::vector<NewFinding> titles(8, {canary + " in parse()", "high", canary + ".c", 1});
        _finding = host.addFindings(canary + "-7", titles, "globex").back();
        connectJira(host, world.jira, "alice", "globex");
        mapProject(host, canary + "-7", "AUTH", "Bug", "", "globex");
        auto admin = this->admin();
        const std::string label = R"({"labels":["globex-canary"]})";
        settings(admin, "PUT", "field-mapping", label);
        settings(admin, "PUT", "field-mapping/" + _project, label);
        settings(admin, "PUT", "sync-settings", R"({"byResolution":{"globex-canary":"accepted"}})");
        settings(admin, "PUT", "sync-settings/" + _project,
                 R"({"byResolution":{"globex-canary":"accepted"}})");
        _testTicket = settings(admin, "POST", "test-tickets",
                               R"({"project":)" + test_support::quoted(_project) + "}")["id"]
                          .text();
        host.push(canary + "-7", {_finding}, 60'000, "globex");
        const auto link = settings(admin, "POST", "connection/handover", "{}")["url"].text();
        _token = link.substr(link.find_last_of("/#=") + 1);
        _state = queryValue(
            settings(admin, "POST", "connection/cloud/authorize", "{}")["authorizeUrl"].text(), "state");
    }

    HttpClient admin() const { return _world.host.signedIn("alice", "globex"); }

    /// What a probe's {names} stand for in a route.
    std::map<std::string, std::string> idsFor(const DescribedRoute& route) const {
        const auto isAbout = [&](const char* what) { return route.path.find(what) != std::string::npos; };
        const std::string id = isAbout("test-tickets") ? _testTicket
                               : isAbout("outgoing")   ? _finding
                                                       : "10000";
        return {{"project", _project}, {"finding", _finding}, {"id", id},        {"typeId", "10001"},
                {"token", _token},     {"state", _state},     {"canary", canary}};
    }

    /// All that the other organisation has and could lose.
    std::string inventory() const {
        auto admin = this->admin();
        std::string all;
        for (const std::string path :
             {"connection", "mappings", "field-mapping", "sync-settings", "test-tickets"})
            all += askSettings(admin, "GET", path).body + "\n";
        for (const std::string path : {"mappings/", "field-mapping/", "sync-settings/"})
            all += askSettings(admin, "GET", path + _project).body + "\n";
        return all + askSettings(admin, "GET", "pushes/" + _finding).body;
    }

private:
    const ConnectedHost& _world;
    std::string _project;
    std::string _finding;
    std::string _testTicket;
    std::string _token;
    std::string _state;
};

} // namespace

TEST_CASE("no route gives an admin anything of another organisation", "[integration][tenants]") {
    const ConnectedHost world;
    const Globex globex(world);
    world.host.addFindings("payments-api", 2);
    auto alice = world.host.signedIn("alice", "acme");
    auto other = globex.admin();
    const std::string before = globex.inventory();
    REQUIRE_THAT(before, Catch::Contains(canary));

    for (const auto& route : describedRoutes(alice)) {
        CAPTURE(route.name());
        const auto probe = probes().find(route.name());
        REQUIRE(probe != probes().end()); // a new route needs a line in the table
        const auto ids = globex.idsFor(route);
        const std::string path = filledIn(route.path + probe->second.query, ids);
        const std::string body = filledIn(probe->second.body, ids);
        if (probe->second.expected == Expected::Nothing && route.isSafe() && path.rfind("/api", 0) == 0 &&
            route.path.find("handover") == std::string::npos) {
            CHECK(askSettings(other, "GET", path.substr(5)).status == 200); // it is there
        }
        const auto answer = alice.send(route.method, jiraSettings + path.substr(1), body,
                                       body.empty() ? "" : "application/json");
        INFO(answer.status << " " << answer.body);
        if (probe->second.expected == Expected::Nothing) {
            const bool isCallback = path.rfind("/oauth", 0) == 0;
            CHECK((answer.status == 404 || answer.status == 403 || (isCallback && answer.status == 400)));
        }
        CHECK(answer.status != 500);
        CHECK_THAT(answer.body, !Catch::Contains(canary));
    }
    CHECK(globex.inventory() == before);
}
