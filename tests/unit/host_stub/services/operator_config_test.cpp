#include <catch2/catch.hpp>

#include <cstdlib>

#include "services/operator_config.hpp"
#include "temp_dir.hpp"

using namespace aspm::host;
using test_support::TempDir;

namespace {

/// A variable of the environment for the time of a test.
struct Variable {
    Variable(const char* variable, const char* value) : name(variable) { ::setenv(name, value, 1); }
    ~Variable() { ::unsetenv(name); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;
    const char* name;
};

std::string problemOf(const std::string& text) {
    OperatorConfig config;
    try {
        config.readText(text, "aspm.conf");
    } catch (const Problem& problem) {
        return problem.text();
    }
    return "";
}

} // namespace

TEST_CASE("lines of key = value are read, with comments and empty lines between", "[config]") {
    OperatorConfig config;
    config.readText("# Jira\n\n  jira.cloud.client_id = abc \r\njira.cloud.client_secret=a=b#c\nempty =\n",
                    "f");
    CHECK(config.get("jira.cloud.client_id", "") == "abc");
    CHECK(config.get("jira.cloud.client_secret", "") == "a=b#c");
    CHECK(config.value("empty") == std::string());
    CHECK_FALSE(config.value("missing"));
    CHECK(config.get("missing", "otherwise") == "otherwise");
}

TEST_CASE("a JSON object is read, nested ones joined by dots, values as text", "[config]") {
    OperatorConfig config;
    config.readText(
        R"( {"jira.cloud.client_id": "abc", "jira": {"push": {"lanes": 4}, "network": {"allow_http": true}}})",
        "f");
    CHECK(config.get("jira.cloud.client_id", "") == "abc");
    CHECK(config.get("jira.push.lanes", "") == "4");
    CHECK(config.get("jira.network.allow_http", "") == "true");
}

TEST_CASE("a mistake in the configuration is found by its line or key", "[config]") {
    CHECK_THAT(problemOf("a = 1\n# fine\nthis is wrong\n"),
               Catch::Contains("aspm.conf, line 3") && Catch::Contains("key = value"));
    CHECK_THAT(problemOf("= 1\n"), Catch::Contains("line 1"));
    CHECK_THAT(problemOf(R"({"a": )"), Catch::Contains("aspm.conf is not valid JSON"));
    CHECK_THAT(problemOf(R"({"jira": {"hosts": ["a"]}})"), Catch::Contains("jira.hosts"));
    CHECK_THAT(problemOf(R"({"jira": null})"), Catch::Contains("jira"));
}

TEST_CASE("a configuration file that is not there is named", "[config]") {
    TempDir directory;
    OperatorConfig config;
    CHECK_THROWS_WITH(config.readFile(directory / "none.conf"),
                      Catch::Contains((directory / "none.conf").string()));
}

TEST_CASE("the environment goes over the file, for declared keys", "[config]") {
    CHECK(OperatorConfig::variableFor("jira.cloud.client-id") == "ASPM_JIRA_CLOUD_CLIENT_ID");
    Variable set("ASPM_JIRA_CLOUD_CLIENT_ID", "from-environment");
    OperatorConfig config;
    config.readText("jira.cloud.client_id = from-file", "f");
    CHECK(config.get("jira.cloud.client_id", "") == "from-file");
    config.declare("jira.cloud.client_id", false);
    CHECK(config.get("jira.cloud.client_id", "") == "from-environment");
}

TEST_CASE("values of secret keys are known, so that outputs can leave them out", "[config]") {
    OperatorConfig config;
    config.readText("token = s3cr3t-value\nname = x\n", "f");
    config.declare("token", true);
    config.declare("password", true); // not set
    config.declare("name", false);
    CHECK(config.secretValues() == std::vector<std::string>{"s3cr3t-value"});
    CHECK(config.isSecret("token"));
    CHECK_FALSE(config.isSecret("name"));
}
