#include <catch2/catch.hpp>

#include "connected_host.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <fstream>

using namespace integration;
using namespace test_support;
namespace fs = std::filesystem;

/// Every message here is read by somebody who is stuck: it names the thing that is wrong and the way on.
namespace {

const fs::path samples = testData() / "sarif";

Outcome serve(const fs::path& bundle, const fs::path& data, const std::string& port = "0") {
    return run(hostProgram(),
               {"serve", "--plugin", bundle.string(), "--data", data.string(), "--port", port});
}

Outcome import(const StubHost& host, const std::vector<fs::path>& files) {
    std::vector<std::string> arguments{"import", "--data", host.data().string(), "--project", "payments-api"};
    for (const auto& file : files) {
        arguments.push_back(file.string());
    }
    return run(hostProgram(), arguments, {}, std::chrono::minutes(3));
}

std::string sha256Of(const fs::path& file) {
    return run("/usr/bin/sha256sum", {file.string()}).output.substr(0, 64);
}

void replaceIn(const fs::path& file, const std::string& from, const std::string& to) {
    auto text = readFile(file);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream(file) << text;
}

/// A bundle whose library is `library` and whose manifest vouches for it.
fs::path bundleWith(const TempDir& directory, const fs::path& library) {
    auto bundle = copyOfBundle(directory);
    const auto place = bundle / "libjira_plugin.so";
    const auto before = sha256Of(place);
    fs::remove(place);
    fs::copy_file(library, place);
    replaceIn(bundle / "manifest.json", before, sha256Of(place));
    return bundle;
}

/// A host that is not connected yet, with Jira beside it.
struct FreshHost {
    explicit FreshHost(SimulatorOptions simulator = traced(),
                       const std::map<std::string, std::string>& config = {})
        : jira(std::move(simulator)), host({configWith(config), jiraBundle()}) {}

    std::map<std::string, std::string> configWith(const std::map<std::string, std::string>& over) const {
        auto config = configFor(jira);
        for (const auto& [key, value] : over) {
            config[key] = value;
        }
        return config;
    }

    /// What the callback says to a script after the consent page.
    HttpResponse consent(const Consent& choice = {}) const {
        auto admin = host.signedIn();
        admin.setHeader("Accept", "application/json");
        return authorize(admin, jira, choice);
    }

    std::string state() const {
        auto admin = host.signedIn();
        return settings(admin, "GET", "connection")["state"].text();
    }

    Simulator jira;
    StubHost host;
};

} // namespace

TEST_CASE("a bundle without manifest is refused with the file's name", "[integration][bad-input]") {
    const TempDir directory;
    const auto bundle = copyOfBundle(directory);
    fs::remove(bundle / "manifest.json");
    const auto outcome = serve(bundle, directory / "data");
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.errors, Catch::Contains("manifest.json") && Catch::Contains(bundle.string()));
}

TEST_CASE("a library that is not the one the manifest names is not opened", "[integration][bad-input]") {
    const TempDir directory;
    const auto bundle = copyOfBundle(directory);
    const auto digest = sha256Of(bundle / "libjira_plugin.so");
    replaceIn(bundle / "manifest.json", digest, std::string(64, '0'));
    const auto outcome = serve(bundle, directory / "data");
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.errors, Catch::Contains("SHA-256") && Catch::Contains("libjira_plugin.so"));
}

TEST_CASE("a library that is not a plugin, or not a library, is refused with what it lacks",
          "[integration][bad-input]") {
    const TempDir directory;
    SECTION("a library of something else") {
        Dl_info info{};
        REQUIRE(dladdr(reinterpret_cast<void*>(&std::puts), &info) != 0);
        const auto outcome = serve(bundleWith(directory, fs::canonical(info.dli_fname)), directory / "data");
        CHECK(outcome.status == 1);
        CHECK_THAT(outcome.errors, Catch::Contains("aspm_plugin_query_v1"));
    }
    SECTION("a text") {
        const auto outcome =
            serve(bundleWith(directory, directory.write("text", "not a library\n")), directory / "data");
        CHECK(outcome.status == 1);
        CHECK_THAT(outcome.errors, Catch::Contains("libjira_plugin.so"));
    }
}

TEST_CASE("a report that is not SARIF is refused with its name and the reason", "[integration][bad-input]") {
    const StubHost host({});
    const auto [file, reason] =
        GENERATE(table<std::string, std::string>({{"empty.sarif", "empty"},
                                                  {"truncated.sarif", "file ends"},
                                                  {"web-page.sarif", "JSON"},
                                                  {"json-that-is-not-sarif.sarif", "SARIF"},
                                                  {"wrong-version.sarif", "2.1.0"},
                                                  {"no-such-file.sarif", "No such file"}}));
    const auto outcome = import(host, {samples / "edge" / file});
    INFO(outcome.errors);
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.errors, Catch::Contains(file) && Catch::Contains(reason, Catch::CaseSensitive::No));
    CHECK(host.control("GET", "/organisations/acme/findings")["findings"].size() == 0);
}

TEST_CASE("a report with 100,000 results is imported and says so", "[integration][bad-input]") {
    const TempDir directory;
    const auto report = directory / "large.sarif";
    REQUIRE(run("/usr/bin/python3",
                {(samples / "generate_large_report.py").string(), "--results", "100000", report.string()})
                .status == 0);
    const StubHost host({});
    const auto outcome = import(host, {report});
    INFO(outcome.errors);
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.output, Catch::Contains("100000") || Catch::Contains("100,000"));
}

TEST_CASE("a database that cannot be written stops the start with its path", "[integration][bad-input]") {
    const TempDir directory;
    const auto data = directory / "data";
    SECTION("the plugin's") {
        fs::create_directories(data / "plugins" / "com.mayoaspm.jira" / "jira.sqlite");
        const auto outcome = serve(jiraBundle(), data);
        CHECK(outcome.status == 1);
        CHECK_THAT(outcome.errors,
                   Catch::Contains("plugins/com.mayoaspm.jira") && Catch::Contains("database"));
    }
    SECTION("the host's") {
        fs::create_directories(data / "host.db");
        const auto outcome = serve(jiraBundle(), data);
        CHECK(outcome.status == 1);
        CHECK_THAT(outcome.errors, Catch::Contains("host.db"));
    }
}

TEST_CASE("a port that is in use is named", "[integration][bad-input]") {
    const StubHost first({});
    const TempDir directory;
    const auto port = first.url().substr(first.url().rfind(':') + 1);
    const auto outcome = serve(jiraBundle(), directory / "data", port);
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.errors, Catch::Contains(port) && Catch::Contains("in use"));
}

TEST_CASE("a data directory that another host serves is not touched", "[integration][bad-input]") {
    const StubHost first({});
    const auto outcome = serve(jiraBundle(), first.data());
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.errors, Catch::Contains(first.data().string()));
}

TEST_CASE("declining the permissions changes nothing and says how to go on", "[integration][bad-input]") {
    const FreshHost world;
    Consent decline;
    decline.decision = "deny";
    const auto answer = world.consent(decline);
    CHECK(answer.status == 409);
    CHECK_THAT(answer.body, Catch::Contains("declined") && Catch::Contains("click Accept"));
    CHECK(world.state() == "not_connected");

    connectJira(world.host, world.jira); // and the next attempt works
    CHECK(world.state() == "connected");
}

TEST_CASE("a wrong client secret is the platform operator's, and is not shown", "[integration][bad-input]") {
    const FreshHost world(traced(), {{"jira.cloud.client_secret", "not-the-secret-at-all"}});
    const auto answer = world.consent();
    CHECK(answer.status == 502);
    CHECK_THAT(answer.body, Catch::Contains("client id or secret") && Catch::Contains("platform operator") &&
                                !Catch::Contains("not-the-secret-at-all"));
    CHECK(world.state() == "not_connected");
}

TEST_CASE("a host without client id tells whom to ask", "[integration][bad-input]") {
    const FreshHost world(SimulatorOptions(), {{"jira.cloud.client_id", ""}}); // Jira hears nothing: no trace
    auto admin = world.host.signedIn();
    const auto answer = askSettings(admin, "POST", "connection/cloud/authorize", "{}");
    CHECK(answer.status == 409);
    CHECK_THAT(answer.body, Catch::Contains("platform operator"));
    CHECK(world.state() == "not_configured");
}

TEST_CASE("a site without projects is connected, and the list says why it is empty",
          "[integration][bad-input]") {
    const FreshHost world(traced({"--no-projects"}));
    const auto answer = world.consent();
    CHECK(answer.status == 200);
    CHECK_THAT(answer.body, Catch::Contains("project"));
    CHECK(world.state() == "connected");
    auto admin = world.host.signedIn();
    CHECK(settings(admin, "GET", "jira/projects")["projects"].size() == 0);
    const auto id = world.host.project("payments-api");
    const auto mapping =
        askSettings(admin, "PUT", "mappings/" + id, R"({"jiraProject":"PAY","issueType":"Bug"})");
    CHECK(mapping.status == 422);
    CHECK_THAT(mapping.body, Catch::Contains("PAY"));
}

TEST_CASE("an account without any Jira site is told so", "[integration][bad-input]") {
    const FreshHost world(traced({"--sites", "none"}));
    const auto answer = world.consent();
    CHECK(answer.status == 409);
    CHECK_THAT(answer.body, Catch::Contains("no Jira site"));
}

TEST_CASE("a Jira whose certificate nobody vouches for is not spoken to", "[integration][bad-input]") {
    const Simulator other;
    const FreshHost world(traced(), {{"jira.tls.ca_file", other.caFile().string()}});
    const auto answer = world.consent();
    CHECK(answer.status == 503);
    CHECK_THAT(answer.body, Catch::Contains("certificate"));
}
