#include <catch2/catch.hpp>

#include "options.hpp"

using namespace jira_sim;

namespace {

CommandLine read(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "jira_sim");
    return readCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

} // namespace

TEST_CASE("flags fill the configuration, with or without an equals sign", "[options]") {
    const Config config = read({"--port", "8443", "--ca-out=ca.pem", "--seed", "7", "--projects=12",
                                "--fault", "cut,times=1", "--fault", "index-delay=5", "--redirect-uri",
                                "https://a", "--redirect-uri", "https://b", "--sites", "a,b"})
                              .config;
    CHECK(config.port == 8443);
    CHECK(config.caOut == "ca.pem");
    CHECK(config.world.seed == 7);
    CHECK(config.world.extraProjects == 12);
    CHECK(config.faults.size() == 2);
    CHECK(config.redirectUris.size() == 2);
    CHECK(config.world.siteNames == std::vector<std::string>{"a", "b"});
    CHECK(read({"--sites", "none"}).config.world.siteNames.empty());
    CHECK_FALSE(read({"--no-projects"}).config.world.projects);
    CHECK(read({"--help"}).help);
}

TEST_CASE("flags choose a Data Center", "[options]") {
    const Config config = read({"--deployment", "dc", "--version", "9.12", "--context", "jira/",
                                "--rate-limit", "5:2:3", "--echo-base-string"})
                              .config;
    CHECK(config.isDataCenter());
    CHECK(config.release.text() == "9.12.15");
    CHECK(config.contextPath == "/jira");
    CHECK(config.rateLimit.capacity == 5);
    CHECK(config.rateLimit.fill == 2);
    CHECK(config.rateLimit.intervalSec == 3);
    CHECK(config.echoBaseString);
    CHECK_FALSE(read({}).config.isDataCenter());
    CHECK(read({"--version", "7.13.4"}).config.release.text() == "7.13.4");
    CHECK_THROWS_WITH(read({"--deployment", "server"}), Catch::Contains("cloud or dc"));
    for (const char* version : {"ten", "10", "10.x", "3.1", "10.3.1b", "9.-1", "9.12."})
        CHECK_THROWS_WITH(read({"--version", version}), Catch::Contains("8.20, 9.12 or 10.3"));
}

TEST_CASE("a wrong flag is explained", "[options]") {
    CHECK_THROWS_WITH(read({"--prot", "1"}), Catch::Contains("unknown option --prot"));
    CHECK_THROWS_WITH(read({"--port"}), Catch::Contains("needs a value"));
    CHECK_THROWS_WITH(read({"--port", "70000"}), Catch::Contains("0 to 65535"));
    CHECK_THROWS_WITH(read({"--fault", "explode"}), Catch::Contains("no kind 'explode'"));
}

TEST_CASE("the help names every flag", "[options]") {
    for (const char* flag : {"--port",
                             "--port-file",
                             "--ca-out",
                             "--trace",
                             "--seed",
                             "--projects",
                             "--no-projects",
                             "--sites",
                             "--site-url",
                             "--client-id",
                             "--client-secret",
                             "--redirect-uri",
                             "--token-lifetime",
                             "--resource-level-grants",
                             "--fault",
                             "--help",
                             "--deployment",
                             "--version",
                             "--context",
                             "--rate-limit",
                             "--echo-base-string"}) {
        INFO(flag);
        CHECK(helpText().find(flag) != std::string::npos);
    }
}
