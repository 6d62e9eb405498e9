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

TEST_CASE("a wrong flag is explained", "[options]") {
    CHECK_THROWS_WITH(read({"--prot", "1"}), Catch::Contains("unknown option --prot"));
    CHECK_THROWS_WITH(read({"--port"}), Catch::Contains("needs a value"));
    CHECK_THROWS_WITH(read({"--port", "70000"}), Catch::Contains("0 to 65535"));
    CHECK_THROWS_WITH(read({"--fault", "explode"}), Catch::Contains("no kind 'explode'"));
}

TEST_CASE("the help names every flag", "[options]") {
    for (const char* flag :
         {"--port", "--port-file", "--ca-out", "--trace", "--seed", "--projects", "--no-projects", "--sites",
          "--site-url", "--client-id", "--client-secret", "--redirect-uri", "--token-lifetime",
          "--resource-level-grants", "--fault", "--help"}) {
        INFO(flag);
        CHECK(helpText().find(flag) != std::string::npos);
    }
}
