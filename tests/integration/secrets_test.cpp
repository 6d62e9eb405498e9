#include <catch2/catch.hpp>

#include "canary.hpp"
#include "connected_host.hpp"

using namespace integration;
using namespace test_support;

namespace {

const std::string clientSecret = "canary-client-secret-4711";

struct Tokens {
    std::string access;
    std::string refresh;
};

/// The tokens that a simulator with this seed hands out first. Its randomness follows from the seed, so
/// another one of the same seed hands out the same: that is how the test knows what to look for.
Tokens firstTokens(const std::string& seed, const std::string& redirectUri) {
    SimulatorOptions options;
    options.arguments = {"--seed", seed, "--client-secret", clientSecret};
    const Simulator twin(options);
    auto browser = twin.browser();
    const auto page =
        browser.get("/authorize?audience=api.atlassian.com&client_id=sim-client&response_type=code"
                    "&prompt=consent&state=x&scope=read:jira-work%20offline_access&redirect_uri=" +
                    redirectUri);
    const std::string field = "name=\"consent\" value=\"";
    const auto begin = page.body.find(field) + field.size();
    const auto back = browser.submit(
        "/authorize",
        {{"consent", page.body.substr(begin, page.body.find('"', begin) - begin)}, {"decision", "accept"}});
    const auto answer =
        browser
            .post("/oauth/token",
                  R"({"grant_type":"authorization_code","client_id":"sim-client","client_secret":)" +
                      quoted(clientSecret) + R"(,"code":)" +
                      quoted(queryValue(back.header("location"), "code")) + R"(,"redirect_uri":)" +
                      quoted(redirectUri) + "}")
            .json();
    // The middle of an access token holds the time; its end is random.
    const auto access = answer["access_token"].text();
    return {access.substr(access.rfind('.') + 1), answer["refresh_token"].text()};
}

void checkNowhere(const std::string& what, const std::string& secret, const TempDir& directory) {
    for (const auto& file : filesHolding(secret, directory.path())) {
        FAIL_CHECK(what << " stands in " << file.string());
    }
}

} // namespace

TEST_CASE("tokens and the client secret stand in no file, log, trace or command's output",
          "[integration][secrets]") {
    const std::string seed = "271828";
    auto options = traced({"--seed", seed, "--client-secret", clientSecret});
    ConnectedHost world(options, {{"jira.cloud.client_secret", clientSecret}, {"host.log_level", "debug"}});
    const auto tokens = firstTokens(seed, "http://127.0.0.1:1/oauth/callback");
    REQUIRE(tokens.access.size() > 300);
    REQUIRE(tokens.refresh.size() > 200);

    // Work, trouble with the token, and a wrong answer, so that there is something to log.
    world.jira.fault("status=500,path=/issue,times=1");
    world.jira.fault("status=429:1,path=/issue,times=1");
    world.host.addFindings("payments-api", 3);
    world.host.pushAll("payments-api", 0);
    CHECK(eventually([&] {
        world.host.advanceClock(std::chrono::seconds(2));
        return world.host.count("created") == 3;
    }));

    const TempDir collected;
    int number = 0;
    for (const std::string command : {"findings", "alerts", "audit"}) {
        for (const std::vector<std::string>& more :
             {std::vector<std::string>{}, std::vector<std::string>{"--json"}}) {
            std::vector<std::string> arguments{command, "--data", world.host.data().string()};
            arguments.insert(arguments.end(), more.begin(), more.end());
            const auto outcome = run(hostProgram(), arguments);
            CHECK(outcome.status == 0);
            collected.write("command-" + std::to_string(++number), outcome.output + outcome.errors);
        }
    }
    auto admin = world.host.signedIn();
    collected.write("settings", admin.get(jiraSettings).body + settings(admin, "GET", "connection").dump() +
                                    settings(admin, "GET", "pushes").dump());
    collected.write("host-config", world.host.control("GET", "/config").dump());
    collected.write("host-plugins", world.host.control("GET", "/plugins").dump());
    collected.write("metrics", admin.get("/metrics").body);
    collected.write("log", world.host.log());
    collected.write("trace", readFile(world.jira.traceFile()));
    std::filesystem::copy(world.host.data(), collected / "data", std::filesystem::copy_options::recursive);
    CHECK(world.host.stop() == 0);
    std::filesystem::copy(world.host.data(), collected / "data-after-the-end",
                          std::filesystem::copy_options::recursive);

    checkNowhere("the client secret", clientSecret, collected);
    checkNowhere("the access token", tokens.access, collected);
    checkNowhere("the refresh token", tokens.refresh, collected);
}

TEST_CASE("the canary search would find a token that leaked", "[integration][secrets]") {
    const auto tokens = firstTokens("31415", "http://127.0.0.1:1/oauth/callback");
    const TempDir directory;
    directory.write("leak", "Authorization: Bearer x." + tokens.access);
    CHECK(filesHolding(tokens.access, directory.path()).size() == 1);
    CHECK(firstTokens("31415", "http://127.0.0.1:1/oauth/callback").refresh == tokens.refresh);
    CHECK(firstTokens("31416", "http://127.0.0.1:1/oauth/callback").refresh != tokens.refresh);
}
