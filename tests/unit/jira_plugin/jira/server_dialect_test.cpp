#include "jira/known_dialect.hpp"

#include "jira/errors.hpp"
#include "jira/json.hpp"
#include "jira/server_call.hpp"
#include "scripted_signer.hpp"
#include "scripted_transport.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::jira;
using Catch::Matchers::Contains;

namespace {

std::string serverInfo(const std::string& version, const std::string& numbers,
                       const std::string& deployment = "Server") {
    return R"({"baseUrl":"https://jira.acme.example","version":")" + version + R"(","versionNumbers":)" +
           numbers + R"(,"deploymentType":")" + deployment + R"("})";
}

std::optional<ServerDialect> read(const std::string& text) {
    return readDialect(json::parseObject(text), 5);
}

class Memory : public DialectMemory {
public:
    std::optional<ServerDialect> load() override { return kept; }
    void save(const ServerDialect& dialect) override { kept = dialect; }
    std::optional<ServerDialect> kept;
};

struct Fixture {
    std::int64_t now = 1'800'000'000'000;
    std::shared_ptr<ScriptedTransport> wire = std::make_shared<ScriptedTransport>();
    std::shared_ptr<Memory> memory = std::make_shared<Memory>();
    ServerCall call{wire,
                    std::make_shared<ScriptedSigner>(),
                    {"https://jira.acme.example", "https://jira.acme.example"},
                    [this] { return now; }};
    KnownDialect known{call, memory, [this] { return now; }};

    void passDays(int days) { now += days * 24LL * 60 * 60 * 1000; }
    std::size_t asked() const { return wire->requests().size(); }
};

} // namespace

TEST_CASE("a version is read from its numbers, else from its text", "[jira][server]") {
    CHECK(read(serverInfo("10.3.5", "[10,3,5]"))->isAtLeast(10, 3));
    CHECK_FALSE(read(serverInfo("10.3.5", "[10,3,5]"))->isAtLeast(10, 4));
    CHECK(read(serverInfo("8.20.1-m0001", "null"))->minor == 20);
    CHECK(read(serverInfo("9.0", "[]"))->major == 9);
    CHECK_FALSE(read("{}"));
    CHECK_FALSE(read("[]"));
    CHECK_FALSE(read(serverInfo("none", "null")));
}

TEST_CASE("each release has its form of the create metadata", "[jira][server]") {
    const auto form = [](const char* version) { return createMetaForm(*read(serverInfo(version, "null"))); };
    CHECK(form("8.0.0") == CreateMetaForm::Whole);
    CHECK(form("8.3.9") == CreateMetaForm::Whole);
    CHECK(form("8.4.0") == CreateMetaForm::Paged);
    CHECK(form("8.20.0") == CreateMetaForm::Paged);
    CHECK(form("11.0.0") == CreateMetaForm::Paged);
    CHECK(createMetaFormAfterNotFound(*read(serverInfo("8.20", "null"))) == CreateMetaForm::Whole);
    CHECK(createMetaFormAfterNotFound(*read(serverInfo("9.0", "null"))) == CreateMetaForm::Paged);
}

TEST_CASE("a dialect survives as text", "[jira][server]") {
    const auto dialect = *read(serverInfo("9.12.4", "[9,12,4]"));
    const auto again = dialectFromText(toText(dialect));
    REQUIRE(again);
    CHECK(again->version == "9.12.4");
    CHECK(again->isAtLeast(9, 12));
    CHECK(again->seenAtMs == 5);
    CHECK_FALSE(dialectFromText(""));
    CHECK_FALSE(dialectFromText("{}"));
}

TEST_CASE_METHOD(Fixture, "a server is asked once and the answer is kept for others", "[jira][server]") {
    wire->then(200, serverInfo("8.20.1", "[8,20,1]"));
    CHECK(known.current().minor == 20);
    CHECK(known.current().version == "8.20.1");
    KnownDialect afterRestart(call, memory, [this] { return now; });
    CHECK(afterRestart.current().version == "8.20.1");
    CHECK(asked() == 1);
    CHECK_THAT(wire->requests()[0].url, Contains("/rest/api/2/serverInfo"));
}

TEST_CASE_METHOD(Fixture, "the version is looked at again every day", "[jira][server]") {
    wire->then(200, serverInfo("8.20.1", "[8,20,1]"));
    known.current();
    passDays(1);
    wire->then(200, serverInfo("9.12.0", "[9,12,0]"));
    CHECK(known.current().major == 9);
    CHECK(memory->kept->major == 9);
    CHECK(known.current().major == 9);
    CHECK(asked() == 2);
}

TEST_CASE_METHOD(Fixture, "a Jira that is down keeps its version, and is not asked with every call",
                 "[jira][server]") {
    wire->then(200, serverInfo("8.20.1", "[8,20,1]"));
    known.current();
    passDays(2);
    wire->then(503, "");
    CHECK(known.current().version == "8.20.1");
    CHECK(known.current().version == "8.20.1");
    CHECK(asked() == 2);
    now += 10LL * 60 * 1000;
    wire->then(403, "{}");
    CHECK(known.current().version == "8.20.1");
    now += 10LL * 60 * 1000;
    wire->then(200, serverInfo("9.12.0", "[9,12,0]"));
    CHECK(known.current().major == 9);
    passDays(1);
    wire->then(200, serverInfo("1001.0.0", "[1001,0,0]", "Cloud"));
    CHECK_THROWS_AS(known.current(), NotConfigured);
}

TEST_CASE_METHOD(Fixture, "a doubted version is asked for once by all who doubt it", "[jira][server]") {
    wire->then(200, serverInfo("8.3.0", "[8,3,0]"));
    const auto doubted = known.current();
    now += 1000;
    wire->then(200, serverInfo("9.12.0", "[9,12,0]"));
    CHECK(known.askAgain(doubted).major == 9);
    CHECK(known.askAgain(doubted).major == 9);
    CHECK(asked() == 2);
}

TEST_CASE_METHOD(Fixture, "old versions and Cloud are refused in a sentence, and not remembered",
                 "[jira][server]") {
    wire->then(200, serverInfo("7.13.18", "[7,13,18]"));
    CHECK_THROWS_WITH(known.current(), Contains("version 7.13.18") && Contains("8.0 or later"));
    wire->then(200, serverInfo("1001.0.0-SNAPSHOT", "[1001,0,0]", "Cloud"));
    CHECK_THROWS_WITH(known.current(), Contains("is Jira Cloud"));
    wire->then(200, serverInfo("7.0", "[7,0,0]"));
    CHECK_THROWS_AS(known.current(), NotConfigured);
    CHECK_FALSE(memory->kept);
    wire->then(200, R"({"status":"RUNNING"})");
    CHECK_THROWS_AS(known.current(), RetryLater);
}
