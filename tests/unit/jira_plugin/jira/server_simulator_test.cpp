#include "jira/server_client.hpp"

#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "jira/pooled_transport.hpp"

#include "oauth1/handshake.hpp"
#include "oauth1/token_answer.hpp"

#include "server.hpp"
#include "two_way_steps.hpp"

#include <Poco/Timestamp.h>
#include <catch2/catch.hpp>

#include <atomic>

/// The real client with real signatures over TLS against the stand-in Jira Data Center, in this process.

using namespace jira_plugin::jira;
namespace oauth1 = jira_plugin::oauth1;
using Catch::Matchers::Contains;
using jira_plugin::mapping::TicketDraft;

namespace {

constexpr const char* consumer = "mayo-aspm";

const oauth1::RsaKey& key() {
    static const oauth1::RsaKey made = oauth1::RsaKey::generate();
    return made;
}

std::int64_t wallClock() {
    return Poco::Timestamp().epochMicroseconds() / 1000;
}

class TokenSigner : public RequestSigner {
public:
    TokenSigner(std::string token, std::function<std::int64_t()> nowMs)
        : _signer(consumer, key(), std::move(nowMs), {}, [this] { return nonce(); }),
          _token(std::move(token)) {}

    oauth1::Signature sign(const HttpRequest& request, std::int64_t clockOffsetMs) override {
        return _signer.sign(request, {{"oauth_token", _token}}, clockOffsetMs);
    }
    std::string consumerKey() const override { return consumer; }
    void giveUp(const std::string& message, const std::string& /*remedy*/) override { givenUp = message; }

    std::string givenUp;
    std::string replayed; ///< the next nonce, when not empty
    std::string lastNonce;

private:
    std::string nonce() {
        lastNonce = replayed.empty() ? oauth1::newNonce() : replayed;
        replayed.clear();
        return lastNonce;
    }
    oauth1::Signer _signer;
    std::string _token;
};

class Memory : public DialectMemory {
public:
    std::optional<ServerDialect> load() override { return kept; }
    void save(const ServerDialect& dialect) override { kept = dialect; }
    std::optional<ServerDialect> kept;
};

jira_sim::Config dataCenter(const std::string& version) {
    jira_sim::Config config;
    config.world.deployment = jira_sim::Deployment::DataCenter;
    config.release = jira_sim::Release::parse(version);
    config.contextPath = "/jira";
    return config;
}

TransportOptions trusting(const std::string& caFile) {
    TransportOptions options;
    options.caFile = caFile;
    return options;
}

struct Simulated {
    explicit Simulated(const std::string& version = "10.3") : server(dataCenter(version)) {
        server.start();
        wire = std::make_shared<PooledTransport>(trusting(server.caFile()));
        control("/applinks", R"({"consumerKey":")" + std::string(consumer) + R"(","publicKey":)" +
                                 json::write(key().publicPem()) + "}");
        signer = std::make_shared<TokenSigner>(accessToken(), [this] { return wallClock() + clockErrorMs; });
        client = std::make_unique<ServerClient>(
            wire, signer, ServerSite{server.baseUrl(), server.baseUrl()},
            [this] { return wallClock() + clockErrorMs; }, memory);
    }

    Poco::JSON::Object::Ptr control(const std::string& path, const std::string& body) {
        HttpRequest request;
        request.method = "POST";
        request.url = server.url() + "/_sim" + path;
        request.contentType = "application/json";
        request.body = body;
        return json::parseObject(wire->send(request).body);
    }
    oauth1::Token handshake(const oauth1::HandshakeRequest& step) {
        const oauth1::Signer plain(consumer, key(), &wallClock);
        HttpRequest request = step.request;
        request.headers.emplace_back("Authorization", plain.sign(request, step.parameters).authorization);
        const auto token = oauth1::readToken(wire->send(request));
        REQUIRE(token);
        return *token;
    }
    std::string accessToken() {
        const auto asked =
            handshake(oauth1::requestTokenRequest(server.baseUrl(), "https://aspm.example/back"));
        const std::string url = oauth1::authorizeUrl(server.baseUrl(), asked.token.reveal());
        const auto consent = control("/consent", R"({"decision":"accept","url":)" + json::write(url) + "}");
        return handshake(oauth1::accessTokenRequest(server.baseUrl(), asked.token.reveal(),
                                                    json::text(consent, "verifier")))
            .token.reveal();
    }
    TicketDraft draft(const std::string& summary) {
        TicketDraft draft;
        const ProjectRef project = client->project("PAY");
        draft.projectId = project.id;
        draft.projectKey = project.key;
        for (const auto& type : client->issueTypes(project.key)) {
            draft.issueTypeId = type.name == "Bug" ? type.id : draft.issueTypeId;
        }
        draft.summary = summary;
        draft.dedupeLabel = "aspm-test-" + summary;
        draft.labels = {"mayo-aspm", draft.dedupeLabel};
        return draft;
    }

    std::atomic<std::int64_t> clockErrorMs{0};
    jira_sim::Server server;
    std::shared_ptr<PooledTransport> wire;
    std::shared_ptr<TokenSigner> signer;
    std::shared_ptr<Memory> memory = std::make_shared<Memory>();
    std::unique_ptr<ServerClient> client;
};

} // namespace

TEST_CASE("a Data Center is read, whatever its release", "[jira][server][simulator]") {
    const std::string version = GENERATE(as<std::string>(), "8.3", "8.20", "9.12", "10.3");
    CAPTURE(version);
    Simulated jira(version);
    CHECK(jira.client->myself().accountId == "srivera");
    CHECK_THAT(jira.memory->kept->version, Catch::StartsWith(version));
    const auto projects = jira.client->projects("pa", 0, 50);
    REQUIRE_FALSE(projects.values.empty());
    CHECK(projects.values[0].key == "PAY");
    CHECK(jira.client->permissions("PAY", {"CREATE_ISSUES"})[0].have);
    const auto draft = jira.draft("read");
    const auto screen = jira.client->createScreen("PAY", draft.issueTypeId);
    CHECK(screen.at("summary").required);
    CHECK_FALSE(screen.at("priority").allowedValues.empty());
    CHECK_FALSE(jira.client->workflowStatuses("PAY").at(0).statuses.empty());
    CHECK(jira.client->assignableUser("PAY", "jweber")->displayName.size() > 3);
    CHECK_FALSE(jira.client->assignableUser("PAY", "mtanaka"));
    CHECK_FALSE(jira.client->assignableUser("PAY", "nobody"));
    CHECK(jira.client->assignableUsers("PAY", "", 2).size() == 2);
    CHECK(jira.client->browseUrl("PAY-1") == jira.server.baseUrl() + "/browse/PAY-1");
    CHECK_THROWS_AS(jira.client->issueTypes("NONE"), Refusal);
    CHECK_THROWS_AS(jira.client->project("a b/ü&c=d"), Refusal); // signed, so it came to be judged
    CHECK(jira.signer->givenUp.empty());
}

TEST_CASE("a ticket is created, read, found and deleted on every release", "[jira][server][simulator]") {
    const std::string version = GENERATE(as<std::string>(), "8.20", "9.12", "10.3");
    CAPTURE(version);
    Simulated jira(version);
    TicketDraft draft = jira.draft("one");
    draft.assigneeId = "jweber";
    draft.dueDate = "2030-01-31";
    draft.description.emplace();
    draft.description->blocks.resize(1);
    draft.description->blocks[0].spans = {{"Why & {what}", {}, {}}};
    const auto created = jira.client->createIssue(draft);
    const auto read = jira.client->issue(created.id);
    REQUIRE(read);
    CHECK(read->key == created.key);
    CHECK(read->dueDate == "2030-01-31");
    CHECK(read->statusCategory == "new");
    const auto stored = jira.client->storedIssue(created.key, {"description", "assignee"});
    CHECK(stored->fields.at("description") ==
          json::write(json::text(json::object(json::parseObject(jira.client->renderCreate(draft)), "fields"),
                                 "description")));
    CHECK_THAT(stored->fields.at("assignee"), Contains("jweber"));
    const auto found = jira.client->issuesWithLabels({draft.dedupeLabel, "aspm-none"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == created.id);
    jira.client->deleteIssue(created.id);
    CHECK_FALSE(jira.client->issue(created.id));
}

TEST_CASE("of a batch for Data Center the refused tickets are named", "[jira][server][simulator]") {
    Simulated jira;
    TicketDraft good = jira.draft("good"), bad = jira.draft("bad");
    bad.priorityId = "99999";
    const auto outcome = jira.client->createIssues({bad, good});
    CHECK(outcome.at(0).fields.count("priority") == 1);
    REQUIRE(outcome.at(1).issue);
    CHECK(jira.client->createIssues({bad}).at(0).status == 400);
}

TEST_CASE("an upgrade of a running Jira is noticed", "[jira][server][simulator]") {
    Simulated jira("8.3");
    CHECK_FALSE(jira.client->issueTypes("PAY").empty());
    jira.control("/world", R"({"op":"upgrade","to":"9.12"})");
    CHECK_FALSE(jira.client->issueTypes("PAY").empty());
    CHECK_THAT(jira.memory->kept->version, Catch::StartsWith("9.12"));
}

TEST_CASE("a wrong clock and a repeated nonce are mended by another signature", "[jira][server][simulator]") {
    Simulated jira;
    const TicketDraft draft = jira.draft("again");
    jira.clockErrorMs = -20LL * 60 * 1000;
    CHECK_FALSE(jira.client->createIssue(draft).key.empty());
    jira.signer->replayed = jira.signer->lastNonce;
    CHECK_FALSE(jira.client->createIssue(draft).key.empty());
    CHECK(jira.client->issuesWithLabels({draft.dedupeLabel}).size() == 2);
    CHECK(jira.signer->givenUp.empty());
}

TEST_CASE("lost answers, pages and limits of a Data Center are told apart", "[jira][server][simulator]") {
    Simulated jira;
    const TicketDraft draft = jira.draft("odd");
    const std::string filter = ",path=/jira/rest/api/2/issue,method=POST,times=1";
    for (const char* fault : {"lost-answer", "cut", "html-200", "status=503"}) {
        CAPTURE(fault);
        jira.server.addFault(fault + filter);
        CHECK_THROWS_AS(jira.client->createIssue(draft), UnknownOutcome);
    }
    jira.server.addFault("status=429:3" + filter);
    try {
        jira.client->createIssue(draft);
        FAIL("nothing was thrown");
    } catch (const RetryLater& later) {
        CHECK(later.retryAfterMs() == 3000);
    }
    jira.server.addFault("captcha" + filter);
    CHECK_THROWS_WITH(jira.client->createIssue(draft), Contains("CAPTCHA"));
    CHECK(jira.client->issuesWithLabels({draft.dedupeLabel}).size() == 1); // the lost answer's
    CHECK(jira.signer->givenUp.empty());
}

TEST_CASE("a revoked token and a link that is gone end the connection", "[jira][server][simulator]") {
    Simulated jira;
    SECTION("token") {
        jira.server.addFault("expire-tokens,times=1");
        CHECK_THROWS_AS(jira.client->serverInfo(), ReconnectNeeded);
        CHECK_THAT(jira.signer->givenUp, Contains("expired"));
    }
    SECTION("link") {
        HttpRequest request;
        request.method = "DELETE";
        request.url = jira.server.url() + "/_sim/applinks/1";
        jira.wire->send(request);
        CHECK_THROWS_AS(jira.client->myself(), ReconnectNeeded);
        CHECK_THAT(jira.signer->givenUp, Contains("consumer key mayo-aspm"));
    }
}

TEST_CASE("two-way sync works with a ticket of every release", "[jira][server][simulator]") {
    const std::string version = GENERATE(as<std::string>(), "8.20", "9.12", "10.3");
    CAPTURE(version);
    Simulated jira(version);
    const std::string id = jira.client->createIssue(jira.draft("two-way")).id;
    commentOn(*jira.client, id);
    closeIt(*jira.client, id);
    change(*jira.client, id);
    findIt(*jira.client, id);
    keepWebhook(*jira.client, webhookOrder());
}
