#include <catch2/catch.hpp>

#include "connected_host.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>

using namespace integration;
using namespace test_support;
namespace fs = std::filesystem;

/// What people and scripts see of host_stub's commands, with a host that serves the data and without one.
namespace {

const fs::path samples = testData() / "sarif";

using Words = std::vector<std::string>;

Outcome command(Words words, const std::map<std::string, std::string>& environment = {}) {
    return run(hostProgram(), words, environment, std::chrono::minutes(3));
}

/// The same command on a data directory.
Outcome on(const fs::path& data, Words words) {
    words.insert(words.begin() + 1, {"--data", data.string()});
    return command(std::move(words));
}

Words importWords(const fs::path& file) {
    return {"import", "--project", "payments-api", file.string()};
}

const Words pushAllAndWait{"push", "--project", "payments-api", "--all", "--wait"};

Words with(Words words, const std::string& more) {
    words.push_back(more);
    return words;
}

/// What a terminal shows of `findings`.
std::string onTerminal(const fs::path& data, const std::map<std::string, std::string>& environment) {
    const auto line = hostProgram().string() + " findings --data " + data.string();
    return run("/usr/bin/script", {"-qec", line, "/dev/null"}, environment).output;
}

/// A data directory that no host has seen yet.
struct FreshData {
    TempDir directory;
    fs::path data = directory / "data";
};

} // namespace

TEST_CASE("help goes to standard output, for the program and for each command", "[integration][commands]") {
    const auto general = command({"--help"});
    CHECK(general.status == 0);
    CHECK(general.errors.empty());
    CHECK_THAT(general.output, Catch::Contains("host_stub serve --plugin"));
    for (const std::string name :
         {"serve", "import", "push", "findings", "timeline", "alerts", "audit", "inspect"}) {
        const auto outcome = command({name, "--help"});
        CHECK(outcome.status == 0);
        CHECK(outcome.errors.empty());
        CHECK_THAT(outcome.output, Catch::Contains("host_stub " + name) && Catch::Contains("Example"));
        CHECK(command({"help", name}).output == outcome.output);
        CHECK_THAT(general.output, Catch::Contains(name));
    }
}

TEST_CASE("wrong usage is one sentence and a pointer to help, with status 2", "[integration][commands]") {
    const auto [words, sentence] = GENERATE(table<Words, std::string>({
        {Words{}, "Name a command"},
        {{"pull"}, "no command \"pull\""},
        {{"help", "pull"}, "no command \"pull\""},
        {{"serve"}, "serve needs --data DIR"},
        {{"serve", "--data", "d", "--port", "http"}, "--port takes a whole number"},
        {{"serve", "--data", "d", "stray"}, "\"stray\""},
        {{"import", "--data", "d", "--project", "p"}, "import needs FILE"},
        {{"import", "--data", "d", "report.sarif"}, "import needs --project KEY"},
        {{"push", "--data", "d", "--project", "p"}, "--finding ID or --all"},
        {{"push", "--data", "d", "--project", "p", "--all", "--finding", "F-1"}, "not both"},
        {{"push", "--data", "d", "--project", "p", "--all", "--timeout", "5"}, "--timeout goes with --wait"},
        {{"findings", "--data"}, "--data needs a value"},
        {{"findings", "--data", "d", "--jsn"}, "no option --jsn"},
        {{"timeline", "--data", "d"}, "timeline needs --finding ID"},
        {{"audit", "--data", "d", "--limit", "0"}, "--limit takes a whole number"},
        {{"inspect"}, "inspect needs DIR"},
    }));
    const auto outcome = command(words);
    INFO(outcome.errors);
    CHECK(outcome.status == 2);
    CHECK(outcome.output.empty());
    CHECK_THAT(outcome.errors, Catch::StartsWith("host_stub: ") && Catch::Contains(sentence) &&
                                   Catch::Contains("\nTry: host_stub ") && Catch::Contains("--help"));
}

TEST_CASE("the listings say the same with a host that serves the data and without one",
          "[integration][commands]") {
    StubHost host({});
    const auto imported = on(host.data(), importWords(samples / "payments-api" / "eslint-braintree.sarif"));
    INFO(imported.errors);
    REQUIRE(imported.status == 0);
    const auto id = host.control("GET", "/organisations/acme/findings")["findings"][0]["id"].text();
    const std::vector<std::pair<Words, std::string>> listings{{{"findings"}, "findings"},
                                                              {{"timeline", "--finding", id}, "timeline"},
                                                              {{"alerts", "--all"}, "alerts"},
                                                              {{"audit"}, "events"}};
    std::vector<Outcome> served;
    for (const auto& [words, member] : listings) {
        served.push_back(on(host.data(), words));
        served.push_back(on(host.data(), with(words, "--json")));
    }
    CHECK(host.stop() == 0);
    std::size_t at = 0;
    for (const auto& [words, member] : listings) {
        const auto text = on(host.data(), words);
        const auto json = on(host.data(), with(words, "--json"));
        INFO(words[0] << ": " << text.errors << json.errors);
        CHECK(text.status == 0);
        CHECK(json.status == 0);
        CHECK(text.errors.empty());
        CHECK(json.errors.empty());
        CHECK_FALSE(text.output.empty());
        CHECK(text.output == served[at++].output);
        CHECK(Json::parse(json.output)[member].size() == Json::parse(served[at++].output)[member].size());
    }
    const auto findings = Json::parse(on(host.data(), {"findings", "--json"}).output)["findings"];
    CHECK(findings.size() == 40);
    CHECK_THAT(served[0].output, Catch::Contains(id) && Catch::Contains("\n40 findings\n"));
}

TEST_CASE("findings are listed by project, severity, status and state, however many they are",
          "[integration][commands]") {
    const StubHost host({});
    host.project("payments-api");
    host.project("auth-service");
    host.addFindings("payments-api", 1500); // more than one page
    const auto odd = host.addFindings("auth-service", {{"An odd one", "critical"}}).front();
    auto count = [&](Words filter) {
        filter.insert(filter.begin(), {"findings", "--json"});
        return Json::parse(on(host.data(), filter).output)["findings"].size();
    };
    CHECK(count({}) == 1501);
    CHECK(count({"--project", "payments-api"}) == 1500);
    CHECK(count({"--severity", "critical"}) == 1);
    CHECK(count({"--status", "open", "--state", "none"}) == 1501);
    CHECK(count({"--status", "false positive"}) == 0);
    const auto text = on(host.data(), {"findings", "--severity", "critical"});
    CHECK_THAT(text.output,
               Catch::Contains(odd) && Catch::Contains("An odd one") && Catch::Contains("\n1 finding\n"));

    const auto wrong = on(host.data(), {"findings", "--severity", "terrible"});
    CHECK(wrong.status == 1);
    CHECK_THAT(wrong.errors, Catch::Contains("severity") && Catch::Contains("critical"));
}

TEST_CASE("an import counts what it did, with a path relative to where it was typed",
          "[integration][commands]") {
    const StubHost host({});
    const auto line = "cd " + samples.string() + " && " + hostProgram().string() + " import --data " +
                      host.data().string() + " --project payments-api ";
    const auto first = run("/bin/sh", {"-c", line + "edge/first-import.sarif"});
    INFO(first.errors);
    CHECK(first.status == 0);
    CHECK_THAT(first.output, Catch::Contains("The project payments-api is new.") &&
                                 Catch::Contains("1 file: ") &&
                                 Catch::Contains(" new, 0 seen again, 0 reopened, 0 no longer found"));

    const auto second =
        on(host.data(),
           with(importWords(samples / "edge" / "second-import-one-moved-one-gone-one-new.sarif"), "--json"));
    CHECK(second.status == 0);
    const auto counts = Json::parse(second.output);
    CHECK(counts["created"].number() == 1);
    CHECK(counts["noLongerFound"].number() == 1);
    CHECK(counts["reopened"].number() == 0);
    CHECK_FALSE(counts["projectCreated"].truth());

    const auto back = on(host.data(), importWords(samples / "edge" / "first-import.sarif"));
    CHECK_THAT(back.output, Catch::Contains("1 reopened, 1 no longer found"));
}

TEST_CASE("a push that waits shows tickets and links, and says what a script needs to know",
          "[integration][commands]") {
    ConnectedHost world;
    const auto findings = world.host.addFindings("payments-api", 3);
    const auto outcome = on(world.host.data(), pushAllAndWait);
    INFO(outcome.output << outcome.errors);
    CHECK(outcome.status == 0);
    for (const auto& finding : findings) {
        const auto ticket = world.host.finding(finding)["ticket"];
        CHECK_THAT(outcome.output, Catch::Contains(finding) && Catch::Contains(ticket["key"].text()) &&
                                       Catch::Contains(ticket["url"].text()));
    }
    CHECK_THAT(outcome.output, Catch::Contains("3 findings: 3 created"));

    const auto more = world.host.addFindings("payments-api", 2);
    const auto json = on(world.host.data(), {"push", "--project", "payments-api", "--finding", more[0],
                                             "--finding", more[1], "--wait", "--json"});
    CHECK(json.status == 0);
    CHECK(Json::parse(json.output)["states"]["created"].number() == 2);
    CHECK(world.jira.issueCount() == 5);

    const auto listed = on(world.host.data(), {"findings", "--state", "created"});
    CHECK_THAT(listed.output, Catch::Contains("PAY-") && Catch::Contains("\n5 findings\n"));
    const auto timeline = on(world.host.data(), {"timeline", "--finding", more[0]});
    CHECK_THAT(timeline.output, Catch::Contains("Alice"));
}

TEST_CASE("a push works without a running host, with the plugin and configuration of the last one",
          "[integration][commands]") {
    ConnectedHost world;
    const auto findings = world.host.addFindings("payments-api", 2);
    CHECK(world.host.stop() == 0);
    const auto pushed = on(world.host.data(), pushAllAndWait);
    INFO(pushed.output << pushed.errors);
    CHECK(pushed.status == 0);
    CHECK_THAT(pushed.output, Catch::Contains("PAY-") && Catch::Contains("2 findings: 2 created"));
    CHECK(world.jira.issueCount() == 2);
    CHECK_FALSE(fs::exists(world.host.data() / "host.json")); // it ended with the call

    const auto again = on(world.host.data(), pushAllAndWait);
    CHECK(again.status == 0);
    CHECK(world.jira.issueCount() == 2);
    CHECK_THAT(readFile(world.host.data() / "command.log"), Catch::Contains("com.mayoaspm.jira"));
}

TEST_CASE("refused and parked findings are exit status 3, with reason and remedy",
          "[integration][commands]") {
    ConnectedHost world;
    world.host.project("warehouse");
    world.host.addFindings("warehouse", 2);
    for (const Words& words : {Words{"push", "--project", "warehouse", "--all"},
                               Words{"push", "--project", "warehouse", "--all", "--wait"}}) {
        const auto refused = on(world.host.data(), words);
        INFO(refused.output << refused.errors);
        CHECK(refused.status == 3);
        CHECK_THAT(refused.output, Catch::Contains("2 findings refused") &&
                                       Catch::Contains("warehouse is not mapped") &&
                                       Catch::Contains("Project Mapping"));
    }

    world.jira.change({{"op", "remove-project"}, {"project", "PAY"}});
    const auto finding = world.host.addFindings("payments-api", 1).front();
    const auto parked = on(world.host.data(), pushAllAndWait);
    INFO(parked.output << parked.errors);
    CHECK(parked.status == 3);
    const auto push = world.host.finding(finding)["push"];
    REQUIRE(push["state"].text() == "parked");
    CHECK_THAT(parked.output, Catch::Contains("1 finding parked: " + finding) &&
                                  Catch::Contains(push["message"].text()) &&
                                  Catch::Contains(push["remedy"].text()));
    CHECK(on(world.host.data(), with(pushAllAndWait, "--json")).status == 3);
}

TEST_CASE("a push that takes too long says so and what goes on", "[integration][commands]") {
    ConnectedHost world;
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.jira.fault("status=429:600,method=POST,path=/issue,times=1");
    Words words = pushAllAndWait;
    words.insert(words.end(), {"--timeout", "1"});
    const auto outcome = on(world.host.data(), words);
    INFO(outcome.output << outcome.errors);
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.output, Catch::Contains(finding));
    CHECK_THAT(outcome.errors, Catch::Contains("1 second") && Catch::Contains("--timeout"));

    // Without a host nothing would happen now, so a command that started one says that.
    CHECK(world.host.stop() == 0);
    const auto left = on(world.host.data(), {"push", "--project", "payments-api", "--finding", finding});
    CHECK(left.status == 0);
    CHECK_THAT(left.errors, Catch::Contains("No host serves") && Catch::Contains("host_stub serve"));
}

TEST_CASE("what does not exist is named, with the way on", "[integration][commands]") {
    const FreshData fresh;
    const auto nowhere = on(fresh.data, {"findings"});
    CHECK(nowhere.status == 1);
    CHECK_THAT(nowhere.errors, Catch::Contains(fresh.data.string()) && Catch::Contains("--plugin"));
    CHECK_FALSE(fs::exists(fresh.data));

    const StubHost host({});
    const auto [words, name] = GENERATE(table<Words, std::string>({
        {{"findings", "--project", "unheard-of"}, "unheard-of"},
        {{"timeline", "--finding", "F-9999999"}, "F-9999999"},
        {{"alerts", "--org", "globex"}, "globex"},
        {{"push", "--project", "unheard-of", "--all"}, "unheard-of"},
    }));
    const auto outcome = on(host.data(), words);
    INFO(outcome.errors);
    CHECK(outcome.status == 1);
    CHECK(outcome.output.empty());
    CHECK_THAT(outcome.errors, Catch::StartsWith("host_stub: ") && Catch::Contains(name));
    CHECK(std::count(outcome.errors.begin(), outcome.errors.end(), '\n') == 2); // what, and what to do
}

TEST_CASE("a command starts a new data directory when it is given the plugin", "[integration][commands]") {
    const FreshData fresh;
    auto words = importWords(samples / "edge" / "first-import.sarif");
    words.insert(words.end(), {"--plugin", jiraBundle().string()});
    const auto outcome = on(fresh.data, words);
    INFO(outcome.errors);
    CHECK(outcome.status == 0);
    CHECK(fs::exists(fresh.data / "host.db"));
    // Only serve is remembered: there is no plugin now, which findings does not need and push does.
    CHECK(on(fresh.data, {"findings"}).status == 0);
    const auto push = on(fresh.data, {"push", "--project", "payments-api", "--all"});
    CHECK(push.status == 1);
    CHECK_THAT(push.errors, Catch::Contains("--plugin"));
}

TEST_CASE("the host ends in an orderly way on both signals and when it is asked to",
          "[integration][commands]") {
    const FreshData fresh;
    Process host({hostProgram(),
                  {"serve", "--plugin", jiraBundle().string(), "--data", fresh.data.string()},
                  {},
                  fresh.directory / "output",
                  fresh.directory / "errors"});
    const auto ready = host.waitForLine("Ready: http://127.0.0.1:");
    CHECK(host.output() == ready + "\n");
    const auto way = GENERATE(as<std::string>{}, "SIGTERM", "SIGINT", "the control API");
    INFO(way);
    if (way == "the control API") {
        HttpClient client(ready.substr(ready.find("http")));
        client.setHeader("X-Stub-Token", Json::parse(readFile(fresh.data / "host.json"))["token"].text());
        CHECK(client.send("POST", "/stub/api/stop", "", "").status / 100 == 2);
    } else {
        ::kill(host.pid(), way == "SIGINT" ? SIGINT : SIGTERM);
    }
    CHECK(host.wait() == 0);
    CHECK_FALSE(fs::exists(fresh.data / "host.json"));
    CHECK_FALSE(fs::exists(fresh.data / "host.db-wal")); // closed, not cut off
}

TEST_CASE("colours are for terminals that want them", "[integration][commands]") {
    const StubHost host({});
    host.project("payments-api");
    host.addFindings("payments-api", {{"A finding", "critical"}});
    const std::string escape = "\x1b[";
    CHECK_THAT(on(host.data(), {"findings"}).output, !Catch::Contains(escape));
    CHECK_THAT(onTerminal(host.data(), {{"TERM", "xterm"}}), Catch::Contains(escape));
    CHECK_THAT(onTerminal(host.data(), {{"TERM", "xterm"}, {"NO_COLOR", "1"}}),
               Catch::Contains("A finding") && !Catch::Contains(escape));
    CHECK_THAT(onTerminal(host.data(), {{"TERM", "dumb"}}),
               Catch::Contains("A finding") && !Catch::Contains(escape));
}

TEST_CASE("inspect tells everything about a bundle, from a start that leaves nothing behind",
          "[integration][commands]") {
    const TempDir temporary;
    const auto text = command({"inspect", jiraBundle().string()}, {{"TMPDIR", temporary.path().string()}});
    INFO(text.output << text.errors);
    CHECK(text.status == 0);
    CHECK_THAT(text.output, Catch::Contains("com.mayoaspm.jira") && Catch::Contains("as in the manifest") &&
                                Catch::Contains("exports:        aspm_plugin_query_v1\n") &&
                                Catch::Contains("jira.cloud.client_id") &&
                                Catch::Contains("aspm.ticket-push/1 jira\n") &&
                                Catch::Contains(" ms for open"));
    CHECK(fs::is_empty(temporary.path()));

    const auto json = Json::parse(command({"inspect", jiraBundle().string(), "--json"}).output);
    CHECK(json["manifest"]["id"].text() == "com.mayoaspm.jira");
    CHECK(json["library"]["asInManifest"].truth());
    CHECK(json["library"]["exports"].texts() == std::vector<std::string>{"aspm_plugin_query_v1"});
    CHECK(json["table"]["abi"].text() == "1.1");
    CHECK(json["registered"].size() == json["manifest"]["contributions"].size());
    CHECK(json["problems"].size() == 0);
}

TEST_CASE("inspect shows what is wrong with a bundle and still tells the rest", "[integration][commands]") {
    const TempDir directory;
    const auto bundle = copyOfBundle(directory);
    SECTION("the library is another one") {
        std::ofstream(bundle / "libjira_plugin.so", std::ios::app) << "x";
        const auto outcome = command({"inspect", bundle.string()});
        CHECK(outcome.status == 1);
        CHECK_THAT(outcome.output, Catch::Contains("1 problem") &&
                                       Catch::Contains("NOT as in the manifest") &&
                                       Catch::Contains("aspm.settings-page/1 jira (in the manifest)") &&
                                       Catch::Contains("jira.cloud.client_id"));
        const auto json = Json::parse(command({"inspect", bundle.string(), "--json"}).output);
        CHECK_FALSE(json["library"]["asInManifest"].truth());
        CHECK_FALSE(json["problems"][0]["remedy"].text().empty());
    }
    SECTION("there is no manifest") {
        fs::remove(bundle / "manifest.json");
        const auto outcome = command({"inspect", bundle.string()});
        CHECK(outcome.status == 1);
        CHECK_THAT(outcome.output, Catch::Contains("manifest.json"));
    }
    SECTION("there is no bundle") {
        const auto outcome = command({"inspect", (directory / "nothing").string()});
        CHECK(outcome.status == 1);
        CHECK_THAT(outcome.output, Catch::Contains((directory / "nothing").string()));
    }
}
