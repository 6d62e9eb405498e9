#include <catch2/catch.hpp>

#include "eventually.hpp"
#include "neighbour.hpp"

using namespace integration;
using namespace test_support;

namespace {

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

/// At least one for each route; {names} are filled with what is the other organisation's.
const std::multimap<std::string, Probe>& probes() {
    using E = Expected;
    const std::string mapping = R"({"jiraProject":"PAY","issueType":"Bug"})";
    const std::string batch = R"({"mappings":[{"project":"{project}","mapping":)" + mapping + "}]}";
    static const std::multimap<std::string, Probe> table{
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
        {"POST /api/pushes/retry", {E::OwnOnly, R"({"all":true})"}},
        {"POST /api/webhook/check", {E::OwnOnly, "{}"}},
        {"POST /api/webhook/repair", {E::OwnOnly, "{}"}},
        {"POST /api/webhook/rotate", {E::OwnOnly, "{}"}},
        {"POST /api/webhook/secret", {E::OwnOnly, "{}"}},
        {"POST /api/reconciliation", {E::OwnOnly, "{}"}},
        {"POST /api/sync/retry", {E::Nothing, R"({"direction":"outgoing","id":"{outgoing}"})"}},
        {"POST /api/sync/retry", {E::Nothing, R"({"direction":"incoming","id":"{incoming}"})"}},
        {"POST /api/sync/retry", {E::OwnOnly, R"({"direction":"outgoing","cause":"ticket/400"})"}},
        {"POST /api/sync/retry", {E::OwnOnly, R"({"direction":"incoming","cause":"jira/400"})"}},
        {"POST /api/sync/retry", {E::OwnOnly, R"({"direction":"outgoing","all":true})"}},
        {"POST /api/sync/retry", {E::OwnOnly, R"({"direction":"incoming","all":true})"}},
        {"POST /api/links/{finding}", {E::Nothing, R"({"ticket":"{ticket}"})"}},
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

/// Asks as acme's admin with what is globex's, and looks at the answer.
void ask(const Probe& probe, const DescribedRoute& route, const Neighbour& globex, HttpClient& alice,
         HttpClient& other) {
    const auto ids = globex.idsFor(route);
    const std::string path = filledIn(route.path + probe.query, ids);
    const std::string body = filledIn(probe.body, ids);
    CAPTURE(route.name(), body);
    if (probe.expected == Expected::Nothing && route.isSafe() && path.rfind("/api", 0) == 0 &&
        route.path.find("handover") == std::string::npos) {
        CHECK(askSettings(other, "GET", path.substr(5)).status == 200); // it is there
    }
    const auto answer =
        alice.send(route.method, jiraSettings + path.substr(1), body, body.empty() ? "" : "application/json");
    INFO(answer.status << " " << answer.body);
    if (probe.expected == Expected::Nothing) {
        const bool isCallback = path.rfind("/oauth", 0) == 0;
        CHECK((answer.status == 404 || answer.status == 403 || (isCallback && answer.status == 400)));
    }
    CHECK(answer.status != 500);
    CHECK_THAT(answer.body, !Catch::Contains(canary));
}

} // namespace

TEST_CASE("no route gives an admin anything of another organisation", "[integration][tenants]") {
    const ConnectedHost world;
    Neighbour globex(world);
    globex.getIntoTrouble();
    world.host.addFindings("payments-api", 2);
    auto alice = world.host.signedIn("alice", "acme");
    auto other = globex.admin();
    const std::string before = globex.inventory();
    REQUIRE_THAT(before, Catch::Contains(canary));

    for (const auto& route : describedRoutes(alice)) {
        REQUIRE(probes().count(route.name()) > 0); // a new route needs a line in the table
        const auto [first, end] = probes().equal_range(route.name());
        for (auto probe = first; probe != end; ++probe)
            ask(probe->second, route, globex, alice, other);
    }
    CHECK(eventually([&] { // what the walk began ends, and was about one's own
        const auto report = settings(alice, "GET", "reconciliation")["report"];
        return !report.isNull() && report["state"].text() != "running";
    }));
    for (const char* path : {"reconciliation", "sync/queue", "pushes", "support-bundle"})
        CHECK_THAT(askSettings(alice, "GET", path).body, !Catch::Contains(canary));
    for (const auto& alert : world.host.alerts("acme"))
        CHECK_THAT(alert.dump(), !Catch::Contains(canary));
    CHECK(globex.inventory() == before);
}

TEST_CASE("a ticket that organisations share does not tell one of the other's findings",
          "[integration][tenants]") {
    const ConnectedHost world;
    const Neighbour globex(world);
    const auto finding = world.host.addFindings("payments-api", 1).front();
    auto alice = world.host.signedIn("alice", "acme");
    const auto ticket = world.host.finding(globex.finding(), "globex")["ticket"]["key"].text();
    const auto linked =
        settings(alice, "POST", "links/" + finding, R"({"ticket":)" + test_support::quoted(ticket) + "}");
    CHECK(linked["ticket"]["key"].text() == ticket);
    CHECK(linked["others"].size() == 0);
    settings(alice, "DELETE", "links/" + finding, "{}");
    CHECK(world.host.finding(globex.finding(), "globex")["ticket"]["key"].text() == ticket);
}
