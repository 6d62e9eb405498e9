#include <catch2/catch.hpp>

#include "connected_host.hpp"
#include "described_routes.hpp"

using namespace integration;
using namespace test_support;

namespace {

using Catch::Contains;

const std::map<std::string, std::string> anyIds{
    {"project", "x"}, {"finding", "x"}, {"id", "1"}, {"typeId", "1"}, {"token", "x"}};

/// A browser in which the user of another is signed in, that sends another token, or none.
HttpClient sameSession(const StubHost& host, const HttpClient& browser, const std::string& token) {
    HttpClient copy(host.url());
    for (const auto& [name, value] : browser.cookies())
        copy.setCookie(name, value);
    if (!token.empty())
        copy.setHeader("X-CSRF-Token", token);
    return copy;
}

std::string tokenOf(HttpClient& browser) {
    return settings(browser, "GET", "session")["csrf"]["token"].text();
}

/// The state of a consent that has begun.
std::string beginConsent(HttpClient& admin) {
    return queryValue(settings(admin, "POST", "connection/cloud/authorize", "{}")["authorizeUrl"].text(),
                      "state");
}

HttpResponse comeBack(HttpClient& browser, const std::string& query) {
    return browser.get(jiraSettings + "oauth/callback?" + query);
}

} // namespace

TEST_CASE("no route of the settings changes anything without the session's own token", "[integration][web]") {
    const ConnectedHost world;
    auto alice = world.host.signedIn("alice");
    auto paul = world.host.signedIn("paul");
    const std::string mappings = askSettings(alice, "GET", "mappings").body;
    const std::string foreign = tokenOf(paul);
    int unsafe = 0;
    for (const auto& route : describedRoutes(alice)) {
        if (route.isSafe())
            continue;
        ++unsafe;
        CAPTURE(route.name());
        for (const std::string& token : {std::string(), std::string("guessed"), foreign}) {
            auto forged = sameSession(world.host, alice, token);
            const std::string path = jiraSettings + filledIn(route.path, anyIds).substr(1);
            CHECK(forged.send(route.method, path, "{}", "application/json").status == 403);
            // What a form of another site can send.
            CHECK(forged.send(route.method, path, "{}", "text/plain").status == 403);
        }
    }
    CHECK(unsafe > 15);
    CHECK(askSettings(alice, "GET", "mappings").body == mappings);
    CHECK(settings(alice, "GET", "connection")["state"].text() == "connected");
}

TEST_CASE("no answer with data is framed, kept or guessed at", "[integration][web]") {
    const ConnectedHost world;
    auto alice = world.host.signedIn("alice");
    const auto looksSafe = [](const HttpResponse& answer) {
        CHECK_THAT(answer.header("content-security-policy"), Contains("frame-ancestors 'none'"));
        CHECK_THAT(answer.header("content-security-policy"), !Contains("unsafe-inline"));
        CHECK_FALSE(answer.header("x-frame-options").empty());
        CHECK(answer.header("x-content-type-options") == "nosniff");
        CHECK(answer.header("cache-control") == "no-store");
        CHECK(answer.header("access-control-allow-origin").empty());
    };
    for (const std::string path : {"", "connect", "fields", "oauth/callback?state=x&code=y"}) {
        CAPTURE(path);
        const auto page = alice.get(jiraSettings + path);
        CHECK_THAT(page.header("content-type"), Contains("text/html"));
        looksSafe(page);
    }
    for (const std::string path : {"/", "/findings", "/audit", "/alerts"}) {
        CAPTURE(path);
        looksSafe(alice.get(path));
    }
    for (const auto& route : describedRoutes(alice)) {
        if (!route.isSafe())
            continue;
        CAPTURE(route.name());
        alice.setHeader("Origin", "https://evil.example");
        looksSafe(alice.get(jiraSettings + filledIn(route.path, anyIds).substr(1)));
    }
}

TEST_CASE("the way back from a consent leads nowhere else, whatever its query says", "[integration][web]") {
    const ConnectedHost world;
    auto alice = world.host.signedIn("alice");
    const std::string query =
        GENERATE(as<std::string>{}, "state={state}&code=x&next=https://evil.example/",
                 "state={state}&code=x&redirect_uri=//evil.example/",
                 "state={state}&error=access_denied&error_description=%0d%0aX-Evil:%201",
                 "state=%0d%0aX-Evil:%201&code=%0d%0aSet-Cookie:%20x=1",
                 "state={state}&error=https://evil.example/%0d%0a%0d%0a%3Cscript%3E",
                 "state={state}&state=x&code=x", "state=&code=", "");
    CAPTURE(query);
    const auto answer = comeBack(alice, filledIn(query, {{"state", beginConsent(alice)}}));
    CHECK(answer.status != 500);
    CHECK_FALSE(answer.body.empty());
    CHECK(answer.header("location").empty());
    CHECK(answer.header("refresh").empty());
    CHECK(answer.header("x-evil").empty());
    CHECK(answer.header("set-cookie").empty());
    CHECK_THAT(answer.body, !Contains("href=\"https://evil.example") && !Contains("href=\"//evil.example"));
    CHECK_THAT(answer.body, !Contains("http-equiv") && !Contains("<script>"));
}

TEST_CASE("a query that the host sends on stays one line of a header", "[integration][web]") {
    const StubHost host({{}, jiraBundle()});
    auto alice = host.signedIn();
    const std::string mount = jiraSettings.substr(0, jiraSettings.size() - 1);
    const auto moved = alice.get(mount + "?x=%0d%0aX-Evil:%201");
    CHECK(moved.status == 303);
    CHECK(moved.header("location") == mount + "/?x=%0d%0aX-Evil:%201");
    CHECK(moved.header("x-evil").empty());
    // Two slashes at the beginning of an address would make it another server's.
    CHECK(alice.get("/" + mount).header("location").rfind("//", 0) != 0);

    HttpClient stranger(host.url());
    const auto sent = stranger.get("/findings?x=%0d%0aX-Evil:%201");
    CHECK(sent.header("location").rfind("/sign-in?next=", 0) == 0);
    CHECK(sent.header("x-evil").empty());
}

TEST_CASE("a consent that one person began connects nothing in another's browser", "[integration][web]") {
    const Simulator jira(traced());
    const StubHost host({configFor(jira), jiraBundle()});
    host.control("POST", "/organisations", R"({"id":"globex","name":"Globex"})");
    host.control("POST", "/organisations/globex/users",
                 R"({"id":"alice","name":"Alice of Globex","email":"a@globex.example","roles":["admin"],)"
                 R"("administers":[]})");
    host.control(
        "POST", "/organisations/acme/users",
        R"({"id":"eve","name":"Eve","email":"eve@acme.example","roles":["admin"],"administers":[]})");
    auto alice = host.signedIn("alice");
    auto attacker = GENERATE(as<std::string>{}, "acme", "globex") == "acme"
                        ? host.signedIn("eve")
                        : host.signedIn("alice", "globex");

    // The attacker's consent, brought to the victim's browser: the victim's findings would go to their Jira.
    const auto begun = settings(attacker, "POST", "connection/cloud/authorize", "{}");
    const auto returned = giveConsent(alice, jira, begun["authorizeUrl"].text());
    CHECK(returned.status >= 400);
    CHECK(returned.status < 500);
    CHECK(settings(alice, "GET", "connection")["state"].text() == "not_connected");
    CHECK(settings(attacker, "GET", "connection")["state"].text() == "not_connected");

    // One's own works, once.
    const auto own = settings(alice, "POST", "connection/cloud/authorize", "{}")["authorizeUrl"].text();
    CHECK(giveConsent(alice, jira, own).status == 200);
    CHECK(settings(alice, "GET", "connection")["state"].text() == "connected");
    CHECK(comeBack(alice, "state=" + queryValue(own, "state") + "&code=again").status >= 400);
    CHECK(settings(alice, "GET", "connection")["state"].text() == "connected");
}
