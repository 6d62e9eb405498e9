#include "connection_world.hpp"

#include "jira/client.hpp"
#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "jira/pooled_transport.hpp"

#include "../jira/two_way_steps.hpp"
#include "server.hpp"

#include <Poco/Timestamp.h>
#include <Poco/URI.h>
#include <catch2/catch.hpp>

/// The real client over TLS against the stand-in Jira Cloud, in this process.

using namespace jira_plugin::connection;
namespace jira = jira_plugin::jira;
namespace json = jira_plugin::jira::json;
namespace host = jira_plugin::host;
namespace store = jira_plugin::store;
using Catch::Matchers::Contains;
using jira_plugin::mapping::TicketDraft;

namespace {

jira_sim::Config oneSite(std::vector<std::string> sites = {"acme"}) {
    jira_sim::Config config;
    config.world.siteNames = std::move(sites);
    return config;
}

class SimulatorHost : public RecordingHost {
public:
    explicit SimulatorHost(const jira_sim::Server& server) {
        now = Poco::Timestamp().epochMicroseconds() / 1000; // the simulator's Date is the real one
        config = {{"jira.cloud.auth_url", server.url()},
                  {"jira.cloud.api_url", server.url()},
                  {"jira.cloud.client_id", server.config().clientId},
                  {"jira.cloud.client_secret", server.config().clientSecret},
                  {"jira.tls.ca_file", server.caFile()},
                  {"jira.http.timeout_seconds", "20"}};
    }
    std::string settingsPage() override { return "http://127.0.0.1:1/settings/integrations/jira"; }
};

struct Simulated {
    explicit Simulated(jira_sim::Config config = oneSite()) : server(std::move(config)) {
        server.start();
        server.addFault("index-delay=0");
        simulatedHost = std::make_unique<SimulatorHost>(server);
        services = std::make_unique<host::Services>(simulatedHost->services());
        wire = std::make_shared<jira::PooledTransport>(jira::TransportOptions::from(*simulatedHost));
        connections = std::make_unique<CloudConnections>(*services, database, wire);
    }

    /// What the browser brings back after the consent page.
    std::map<std::string, std::string> consent(const std::string& decision = "accept",
                                               const std::string& site = {}) {
        jira::HttpRequest press;
        press.method = "POST";
        press.url = server.url() + "/_sim/consent";
        press.contentType = "application/json";
        press.operatorAddress = true;
        Poco::JSON::Object body;
        body.set("url", connections->beginAuthorization("org", "ann"));
        body.set("decision", decision);
        body.set("site", site);
        press.body = json::write(body);
        const std::string location = json::text(json::parseObject(wire->send(press).body), "location");
        std::map<std::string, std::string> query;
        for (const auto& [name, value] : Poco::URI(location).getQueryParameters()) {
            query[name] = value;
        }
        return query;
    }
    AuthResult connect() { return connections->finishAuthorization("org", "ann", consent()); }
    std::shared_ptr<jira::Client> client() {
        if (!connections->isConnected("org")) {
            REQUIRE(connect().outcome == AuthOutcome::Connected);
        }
        return connections->client("org");
    }
    TicketDraft draft(const std::string& summary) {
        TicketDraft draft;
        for (const auto& project : client()->projects("PAY", 0, 50).values) {
            if (project.key == "PAY") {
                draft.projectId = project.id;
                draft.projectKey = project.key;
            }
        }
        for (const auto& type : client()->issueTypes(draft.projectId)) {
            draft.issueTypeId = type.name == "Bug" ? type.id : draft.issueTypeId;
        }
        draft.summary = summary;
        draft.dedupeLabel = "aspm-test-" + summary;
        draft.labels = {"mayo-aspm", draft.dedupeLabel};
        return draft;
    }

    test_support::TempDir folder;
    store::Database database{(folder / "jira.db").string()};
    jira_sim::Server server;
    std::unique_ptr<SimulatorHost> simulatedHost;
    std::unique_ptr<host::Services> services;
    std::shared_ptr<jira::PooledTransport> wire;
    std::unique_ptr<CloudConnections> connections;
};

} // namespace

TEST_CASE("an organisation connects over TLS and sees its Jira", "[connection][simulator]") {
    Simulated jira;
    CHECK(jira.connect().outcome == AuthOutcome::Connected);
    const auto client = jira.connections->client("org");
    CHECK(client->serverInfo().deploymentType == "Cloud");
    CHECK_FALSE(client->myself().displayName.empty());
    const auto projects = client->projects("", 0, 50);
    CHECK(projects.values.size() >= 3);
    CHECK(client->project("PAY").key == "PAY");
    CHECK(client->permissions("PAY", {"CREATE_ISSUES"})[0].have);
    const auto people = client->assignableUsers("PAY", "", 20);
    REQUIRE_FALSE(people.empty());
    CHECK(client->assignableUser("PAY", people[0].accountId));
    CHECK_FALSE(client->assignableUser("PAY", "712020:nobody"));
}

TEST_CASE("a ticket is created, read, found by its label and deleted", "[connection][simulator]") {
    Simulated jira;
    TicketDraft draft = jira.draft("one");
    const auto client = jira.client();
    const auto screen = client->createScreen(draft.projectId, draft.issueTypeId);
    REQUIRE(screen.count("priority") == 1);
    draft.priorityId = screen.at("priority").allowedValues.at(0).id;
    draft.dueDate = "2030-01-31";
    draft.assigneeId = client->assignableUsers("PAY", "", 1).at(0).accountId;
    draft.description.emplace();
    draft.description->blocks.resize(1);
    draft.description->blocks[0].spans = {{"Why & <what>", jira_plugin::mapping::Span::Style::Strong, {}}};
    const auto created = client->createIssue(draft);
    const auto read = client->issue(created.id);
    REQUIRE(read);
    CHECK(read->key == created.key);
    CHECK(read->summary == "one");
    CHECK(read->dueDate == "2030-01-31");
    CHECK(read->priority == screen.at("priority").allowedValues.at(0).name);
    CHECK(read->statusCategory == "new");
    const auto found = client->issuesWithLabels({draft.dedupeLabel, "aspm-none"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == created.id);
    client->deleteIssue(created.id);
    CHECK_FALSE(client->issue(created.id));
}

TEST_CASE("of a batch the refused tickets are named and the others created", "[connection][simulator]") {
    Simulated jira;
    TicketDraft good = jira.draft("good"), bad = jira.draft("bad"), alsoGood = jira.draft("alsogood");
    bad.priorityId = "99999";
    const auto outcome = jira.client()->createIssues({good, bad, alsoGood});
    REQUIRE(outcome.size() == 3);
    REQUIRE(outcome[0].issue);
    REQUIRE(outcome[2].issue);
    CHECK(outcome[1].fields.count("priority") == 1);
    CHECK(jira.client()->issue(outcome[2].issue->id)->summary == "alsogood");
    bad.summary = "two\nlines";
    const auto refused = jira.client()->createIssues({bad});
    CHECK(refused[0].fields.count("summary") == 1);
}

TEST_CASE("a lost answer leaves the ticket to be found by its label", "[connection][simulator]") {
    Simulated jira;
    const TicketDraft draft = jira.draft("lost");
    jira.server.addFault("lost-answer,path=/rest/api/3/issue,method=POST,times=1");
    CHECK_THROWS_AS(jira.client()->createIssue(draft), jira::UnknownOutcome);
    CHECK(jira.client()->issuesWithLabels({draft.dedupeLabel}).size() == 1);
}

TEST_CASE("a cut, truncated or foreign answer to a create is unknown, a limit is not",
          "[connection][simulator]") {
    Simulated jira;
    const TicketDraft draft = jira.draft("odd");
    const std::string filter = ",path=/rest/api/3/issue,method=POST,times=1";
    for (const char* fault : {"cut", "truncate", "html-200", "status=503"}) {
        CAPTURE(fault);
        jira.server.addFault(fault + filter);
        CHECK_THROWS_AS(jira.client()->createIssue(draft), jira::UnknownOutcome);
    }
    jira.server.addFault("status=429:3" + filter);
    try {
        jira.client()->createIssue(draft);
        FAIL("nothing was thrown");
    } catch (const jira::RetryLater& later) {
        CHECK(later.retryAfterMs() == 3000);
    }
}

TEST_CASE("an expired token is replaced without anybody noticing", "[connection][simulator]") {
    Simulated jira;
    const TicketDraft draft = jira.draft("expired");
    for (int i = 0; i < 3; ++i) {
        jira.server.addFault("expire-tokens,times=1");
        CHECK_FALSE(jira.client()->createIssue(draft).key.empty());
    }
    CHECK(jira.client()->issuesWithLabels({draft.dedupeLabel}).size() == 3);
}

TEST_CASE("a revoked grant ends in needs attention and a reconnect mends it", "[connection][simulator]") {
    Simulated jira;
    jira.client();
    jira.server.addFault("expire-tokens,times=1");
    jira.server.addFault("refuse-refresh,times=1");
    CHECK_THROWS_AS(jira.client()->myself(), jira::ReconnectNeeded);
    CHECK(jira.connections->status("org").state == ConnectionStatus::State::NeedsAttention);
    CHECK(jira.connect().outcome == AuthOutcome::Connected);
    CHECK_NOTHROW(jira.client()->myself());
}

TEST_CASE("consent denied, a wrong secret and a site without projects are told apart",
          "[connection][simulator]") {
    SECTION("denied") {
        Simulated jira;
        CHECK(jira.connections->finishAuthorization("org", "ann", jira.consent("deny")).outcome ==
              AuthOutcome::Denied);
    }
    SECTION("wrong client secret") {
        Simulated jira;
        jira.simulatedHost->config["jira.cloud.client_secret"] = "wrong";
        CHECK(jira.connect().outcome == AuthOutcome::ClientRefused);
    }
    SECTION("a code that was used") {
        Simulated jira;
        auto query = jira.consent();
        jira.connections->finishAuthorization("org", "ann", query);
        query["state"] = jira.consent().at("state");
        CHECK(jira.connections->finishAuthorization("org", "ann", query).outcome == AuthOutcome::CodeRefused);
    }
    SECTION("a code that was used, by a platform whose clock is wrong") {
        Simulated jira;
        auto query = jira.consent();
        jira.connections->finishAuthorization("org", "ann", query);
        query["state"] = jira.consent().at("state");
        jira.simulatedHost->advance(6LL * 60 * 1000);
        const auto result = jira.connections->finishAuthorization("org", "ann", query);
        CHECK(result.outcome == AuthOutcome::ClockSkew);
        CHECK_THAT(result.message,
                   Contains("this platform's clock says 20") && Contains("Atlassian's says 20"));
    }
    SECTION("no projects") {
        jira_sim::Config config = oneSite();
        config.world.projects = false;
        Simulated jira(config);
        CHECK(jira.connect().outcome == AuthOutcome::ConnectedWithoutProjects);
    }
    SECTION("several sites") {
        Simulated jira(oneSite({"acme", "umbrella"}));
        REQUIRE(jira.connect().isConnected());
        // A second consent of the same account adds the site to its one grant.
        const AuthResult asked =
            jira.connections->finishAuthorization("org", "ann", jira.consent("accept", "umbrella"));
        REQUIRE(asked.outcome == AuthOutcome::ChooseSite);
        REQUIRE(asked.sites.size() == 2);
        CHECK(asked.previousSiteId == jira.connections->status("org").siteId);
        const std::string other = asked.sites[asked.sites[0].id == asked.previousSiteId ? 1 : 0].id;
        CHECK(jira.connections->chooseSite("org", "ann", other, false).outcome ==
              AuthOutcome::ConfirmOtherSite);
        CHECK(jira.connections->chooseSite("org", "ann", other, true).isConnected());
        CHECK(jira.client()->system() == other);
    }
    SECTION("no site") {
        Simulated jira(oneSite({}));
        CHECK(jira.connect().outcome == AuthOutcome::NoSite);
    }
}

TEST_CASE("certificates are verified, and a refusal says what is wrong", "[connection][simulator]") {
    Simulated jira;
    jira::HttpRequest request;
    request.url = jira.server.url() + "/";
    request.operatorAddress = true;
    SECTION("an authority that is not trusted") {
        jira::PooledTransport system{jira::TransportOptions()};
        CHECK_THROWS_WITH(system.send(request), Contains("not signed by an authority"));
    }
    SECTION("a name that the certificate is not for") {
        request.url = "https://127.1:" + std::to_string(jira.server.port()) + "/";
        CHECK_THROWS_WITH(jira.wire->send(request), Contains("is not for 127.1"));
    }
    SECTION("a name that it is for") {
        request.url = "https://localhost:" + std::to_string(jira.server.port()) + "/";
        CHECK_NOTHROW(jira.wire->send(request));
    }
}

TEST_CASE("stopping lets go of Jira at once", "[connection][simulator]") {
    Simulated jira;
    const auto client = jira.client();
    jira.connections->stop();
    CHECK_THROWS_AS(client->myself(), jira::RetryLater);
}

TEST_CASE("two-way sync works with a ticket of Cloud", "[connection][simulator]") {
    Simulated jira;
    const auto client = jira.client();
    const std::string id = client->createIssue(jira.draft("two-way")).id;
    jira::commentOn(*client, id);
    jira::closeIt(*client, id);
    jira::change(*client, id);
    jira::findIt(*client, id);
    jira::keepWebhook(*client, jira::webhookOrder());
}
