#include <catch2/catch.hpp>

#include "connected_host.hpp"

#include <set>
#include <thread>

using namespace integration;
using namespace test_support;

/// The stub host's control API, held to the table in host_stub/README.md.
namespace {

const std::string acme = "/organisations/acme";

/// A refusal is JSON with a sentence and says what to do about it.
void checkRefused(const HttpResponse& answer, int status, const std::string& part) {
    INFO(answer.body);
    CHECK(answer.status == status);
    const auto error = answer.json()["error"];
    CHECK_THAT(error["message"].text(), Catch::Contains(part));
    CHECK(error.has("remedy"));
}

std::string oneFinding(const std::string& members) {
    return R"({"project":"payments-api","findings":[{)" + members + "}]}";
}

std::vector<std::string> idsOf(const Json& page) {
    std::vector<std::string> ids;
    for (const auto& finding : page["findings"].items()) {
        ids.push_back(finding["id"].text());
    }
    return ids;
}

/// The members of a JSON object that the README lists.
void checkMembers(const Json& object, const std::vector<std::string>& names) {
    for (const auto& name : names) {
        INFO(name << " in " << object.dump());
        CHECK(object.has(name));
    }
    CHECK(object.size() == names.size());
}

} // namespace

TEST_CASE("the control API answers only who has the token of host.json", "[integration][control]") {
    const StubHost host({});
    HttpClient stranger(host.url());
    checkRefused(stranger.get("/stub/api/status"), 403, "X-Stub-Token");
    stranger.setHeader("X-Stub-Token", std::string(64, '0'));
    checkRefused(stranger.get("/stub/api/status"), 403, "X-Stub-Token");
    checkRefused(stranger.get("/stub/api/no-such-thing"), 403, "X-Stub-Token");
    checkRefused(stranger.post("/stub/api/stop"), 403, "X-Stub-Token");

    const auto status = host.control("GET", "/status");
    checkMembers(status, {"pid", "url", "nowMs", "plugins"});
    CHECK(status["pid"].number() == host.pid());
    CHECK(status["url"].text() == host.url());
    CHECK(status["plugins"][0]["running"].truth());
}

TEST_CASE("what is not there is answered with 404 and its name", "[integration][control]") {
    const StubHost host({});
    host.project("payments-api");
    const auto [method, path, body, part] =
        GENERATE(table<const char*, const char*, const char*, const char*>(
            {{"GET", "/no-such-thing", "", "no such path"},
             {"GET", "/organisations/nobody/projects", "", "nobody"},
             {"GET", "/organisations/acme/findings/F-0000009", "", "F-0000009"},
             {"PATCH", "/organisations/acme/findings/F-0000009", R"({"severity":"low"})", "F-0000009"},
             {"DELETE", "/organisations/acme/findings/F-0000009", "", "F-0000009"},
             {"POST", "/organisations/acme/findings/F-0000009/status", R"({"status":"open"})", "F-0000009"},
             {"GET", "/organisations/acme/findings/F-0000009/timeline", "", "F-0000009"},
             {"GET", "/organisations/acme/findings/F-0000009/preview", "", "F-0000009"},
             {"GET", "/organisations/acme/findings/F-0000009/push", "", "F-0000009"},
             {"GET", "/organisations/acme/findings?project=nowhere", "", "nowhere"},
             {"POST", "/organisations/acme/findings", R"({"project":"nowhere","findings":[]})", "nowhere"},
             {"POST", "/organisations/acme/push", R"({"project":"nowhere","all":true})", "nowhere"},
             {"POST", "/organisations/acme/push", R"({"project":"payments-api","findings":["F-0000009"]})",
              "F-0000009"},
             {"POST", "/organisations/acme/push", R"({"project":"payments-api","all":true,"user":"zoe"})",
              "zoe"},
             {"GET", "/organisations/acme/push?project=nowhere", "", "nowhere"},
             {"PATCH", "/organisations/acme/users/zoe", R"({"name":"Zoe"})", "zoe"},
             {"DELETE", "/organisations/acme/users/zoe", "", "zoe"},
             {"POST", "/sessions", R"({"organisation":"acme","user":"zoe"})", "zoe"}}));
    CAPTURE(method, path);
    checkRefused(host.ask(method, path, body), 404, part);
}

TEST_CASE("a wrong request is answered with 400 and the member at fault", "[integration][control]") {
    const StubHost host({});
    host.project("payments-api");
    const auto finding = acme + "/findings/" + host.addFindings("payments-api", 1).front();
    const auto findings = acme + "/findings";
    const auto [method, path, body, part] =
        GENERATE_COPY(table<std::string, std::string, std::string, std::string>(
            {{"POST", findings, "{", "JSON"},
             {"POST", findings, "[]", "JSON object"},
             {"POST", findings, R"({"findings":[]})", "\"project\""},
             {"POST", findings, R"({"project":"payments-api"})", "\"findings\""},
             {"POST", findings, oneFinding(R"("line":1)"), "\"findings[0].title\""},
             {"POST", findings, oneFinding(R"("title":"")"), "\"findings[0].title\""},
             {"POST", findings, oneFinding(R"("title":7)"), "\"findings[0].title\""},
             {"POST", findings, oneFinding(R"("title":"t","line":-1)"), "\"findings[0].line\""},
             {"POST", findings, oneFinding(R"("title":"t","line":1.5)"), "\"findings[0].line\""},
             {"POST", findings, oneFinding(R"("title":"t","line":9999999999)"), "\"findings[0].line\""},
             {"POST", findings, oneFinding(R"("title":"t","severity":"grave")"), "\"findings[0].severity\""},
             {"POST", findings, oneFinding(R"("title":"t","labels":"a")"), "\"findings[0].labels\""},
             {"POST", findings, oneFinding(R"("title":"t","labels":[1])"), "\"findings[0].labels[0]\""},
             {"POST", findings, oneFinding(R"("title":"t","dueDate":"2026-02-30")"),
              "\"findings[0].dueDate\""},
             {"POST", findings, oneFinding(R"("title":"t","dueDate":"soon")"), "\"findings[0].dueDate\""},
             {"POST", findings, oneFinding(R"("title":"t","tilte":"t")"), "\"findings[0].tilte\""},
             {"POST", findings, oneFinding("\"title\":\"\xFF\""), "UTF-8"},
             {"POST", findings, oneFinding(R"("title":"a\u0000b")"), "U+0000"},
             {"GET", findings + "?severity=grave", "", "\"severity\""},
             {"GET", findings + "?status=done", "", "\"status\""},
             {"GET", findings + "?state=sent", "", "\"state\""},
             {"GET", findings + "?limit=0", "", "\"limit\""},
             {"GET", findings + "?limit=1001", "", "\"limit\""},
             {"GET", findings + "?limit=many", "", "\"limit\""},
             {"PATCH", finding, R"({"severity":"grave"})", "\"severity\""},
             {"PATCH", finding, R"({"title":null})", "\"title\""},
             {"PATCH", finding, R"({"status":"resolved"})", "\"status\""},
             {"POST", finding + "/status", R"({"status":"done"})", "\"status\""},
             {"POST", finding + "/status", "{}", "\"status\""},
             {"POST", acme + "/push", R"({"all":true})", "\"project\""},
             {"POST", acme + "/push", R"({"project":"payments-api"})", "\"findings\""},
             {"POST", acme + "/push", R"({"project":"payments-api","findings":[]})", "\"findings\""},
             {"POST", acme + "/push", R"({"project":"payments-api","all":true,"findings":["F-1"]})",
              "\"findings\""},
             {"POST", acme + "/push", R"({"project":"payments-api","all":"yes"})", "\"all\""},
             {"POST", acme + "/push", R"({"project":"payments-api","all":true,"waitMs":-1})", "\"waitMs\""},
             {"POST", acme + "/users", R"({"id":"zoe","roles":["boss"]})", "\"roles\""},
             {"POST", acme + "/users", R"({"id":"zo e"})", "zo e"},
             {"POST", acme + "/projects", R"({"key":"a/b"})", "a/b"},
             {"POST", "/organisations", R"({"id":""})", "\"id\""},
             {"PUT", acme + "/ownership", R"({"policies":[{"path":"*"}]})", "\"policies[0].user\""},
             {"PUT", acme + "/ownership", R"({"policies":["*"]})", "\"policies[0]\""},
             {"PUT", acme + "/ownership", R"({"policies":[{"path":"*","user":"zoe"}]})", "zoe"},
             {"POST", acme + "/import", R"({"project":"payments-api","files":["a.sarif"]})", "\"files\""},
             {"POST", acme + "/import", R"({"project":"payments-api","files":[]})", "\"files\""},
             {"POST", acme + "/import", R"({"project":"new","files":["/no/such.sarif"]})", "/no/such.sarif"},
             {"POST", "/clock", "{}", "\"advanceMs\""},
             {"POST", "/clock", R"({"advanceMs":-5})", "\"advanceMs\""},
             {"POST", "/jobs/run", R"({"timeoutMs":"long"})", "\"timeoutMs\""},
             {"POST", "/sessions", R"({"organisation":"acme"})", "\"user\""}}));
    CAPTURE(method, path, body);
    checkRefused(host.ask(method, path, body), 400, part);
    CHECK(host.control("GET", findings)["findings"].size() == 1); // nothing half done
    CHECK(host.control("GET", acme + "/projects")["projects"].size() == 1);
    CHECK(host.control("GET", acme + "/users")["users"].size() == 3);
}

TEST_CASE("a path says which methods it takes, and ids are given once", "[integration][control]") {
    const StubHost host({});
    const auto answer = host.ask("PUT", "/clock", "{}");
    checkRefused(answer, 405, "PUT");
    CHECK_THAT(answer.json()["error"]["remedy"].text(), Catch::Contains("GET, POST"));
    checkRefused(host.ask("POST", "/organisations", R"({"id":"acme","name":"Acme"})"), 409, "acme");
    checkRefused(host.ask("POST", acme + "/users", R"({"id":"mia","name":"Mia"})"), 409, "mia");
}

TEST_CASE("organisations, projects and users are made, changed and removed", "[integration][control]") {
    const StubHost host({});
    CHECK(host.ask("POST", "/organisations", R"({"id":"globex","name":"Globex"})").status == 201);
    const auto organisations = host.control("GET", "/organisations")["organisations"];
    REQUIRE(organisations.size() == 2);
    CHECK(organisations[1]["name"].text() == "Globex");

    const auto path = "/organisations/globex/projects";
    CHECK(host.ask("POST", path, R"({"key":"shop","name":"The shop"})").status == 201);
    const auto again = host.ask("POST", path, R"({"key":"shop","name":"Another name"})");
    CHECK(again.status == 200);
    checkMembers(again.json(), {"id", "key", "name"});
    CHECK(again.json()["name"].text() == "The shop");
    CHECK(host.control("GET", path)["projects"].size() == 1);
    CHECK(host.control("GET", acme + "/projects")["projects"].size() == 0);

    const auto users = std::string("/organisations/globex/users");
    const auto made = host.ask("POST", users,
                               R"({"id":"zoe","name":"Zoe","email":"zoe@globex.example",)"
                               R"("roles":["project-admin","member"],"administers":["shop"]})");
    CHECK(made.status == 201);
    checkMembers(made.json(), {"id", "name", "email", "roles", "administers"});
    const auto changed =
        host.control("PATCH", users + "/zoe", R"({"email":"z@globex.example","roles":["admin"]})");
    CHECK(changed["name"].text() == "Zoe");
    CHECK(changed["email"].text() == "z@globex.example");
    CHECK(changed["roles"].texts() == std::vector<std::string>{"admin"});
    CHECK(changed["administers"].texts() == std::vector<std::string>{"shop"});
    CHECK(host.control("GET", users)["users"][0].dump() == changed.dump());

    auto zoe = host.signedIn("zoe", "globex");
    CHECK(zoe.get("/findings").status == 200);
    const auto removed = host.ask("DELETE", users + "/zoe");
    CHECK(removed.status == 204);
    CHECK(removed.body.empty());
    CHECK(host.control("GET", users)["users"].size() == 0);
    CHECK(zoe.get("/findings").status != 200); // nobody stays signed in
}

TEST_CASE("what is made at the same time by several callers is made once", "[integration][control]") {
    const StubHost host({});
    std::vector<std::string> ids(8);
    std::vector<std::thread> callers;
    callers.reserve(ids.size());
    for (auto& id : ids) {
        callers.emplace_back([&host, &id] { id = host.project("same-key"); });
    }
    for (auto& caller : callers) {
        caller.join();
    }
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == 1);
    CHECK(host.control("GET", acme + "/projects")["projects"].size() == 1);
}

TEST_CASE("ownership policies are replaced as a whole", "[integration][control]") {
    const StubHost host({});
    const std::string policies =
        R"({"policies":[{"path":"src/*","rule":"","user":"mia"},{"path":"","rule":"js/*","user":"paul"}]})";
    const auto set = host.control("PUT", acme + "/ownership", policies);
    CHECK(set.dump() == Json::parse(policies).dump());
    CHECK(host.control("GET", acme + "/ownership").dump() == set.dump());
    host.control("PUT", acme + "/ownership", R"({"policies":[]})");
    CHECK(host.control("GET", acme + "/ownership")["policies"].size() == 0);
}

TEST_CASE("a finding has every member of the README, and changes as it is told", "[integration][control]") {
    const StubHost host({});
    host.project("payments-api");
    const auto id =
        host.control("POST", acme + "/findings", oneFinding(R"("title":"Only a title")"))["ids"][0].text();
    const auto path = acme + "/findings/" + id;
    const auto finding = host.finding(id);
    checkMembers(finding, {"id",          "project",  "title",    "description", "severity",    "status",
                           "scanner",     "ruleId",   "ruleName", "ruleHelp",    "ruleHelpUrl", "cwe",
                           "filePath",    "line",     "snippet",  "labels",      "dueDate",     "url",
                           "firstSeenMs", "revision", "ticket",   "push"});
    checkMembers(finding["push"], {"state", "message", "remedy", "sinceMs"});
    CHECK(finding["project"].text() == "payments-api");
    CHECK(finding["severity"].text() == "medium");
    CHECK(finding["status"].text() == "open");
    CHECK(finding["ticket"].isNull());
    CHECK(finding["push"]["state"].text() == "none");

    const auto changed = host.control(
        "PATCH", path,
        R"({"severity":"low","labels":["a","b"],"dueDate":"2030-01-31","actor":"mia","reason":"So."})");
    CHECK(changed["title"].text() == "Only a title");
    CHECK(changed["severity"].text() == "low");
    CHECK(changed["labels"].texts() == std::vector<std::string>{"a", "b"});
    CHECK(changed["dueDate"].text() == "2030-01-31");
    CHECK(changed["revision"].number() == finding["revision"].number() + 1);
    CHECK(host.control("PATCH", path, R"({"dueDate":""})")["dueDate"].text().empty());

    CHECK(host.control("POST", path + "/status", R"({"status":"accepted"})")["status"].text() == "accepted");
    const auto lines = host.control("GET", path + "/timeline")["timeline"];
    checkMembers(lines[0], {"plugin", "kind", "key", "author", "text", "remedy", "url", "atMs"});
    CHECK(lines[0]["author"].text() == "Mia Member");
    CHECK_THAT(lines[0]["text"].text(), Catch::Contains("from medium to low") && Catch::Contains("So."));
    CHECK_THAT(host.timeline(id), Catch::Contains("from open to accepted"));

    CHECK(host.ask("DELETE", path).status == 204);
    checkRefused(host.ask("GET", path), 404, id);
}

TEST_CASE("findings are listed page by page and by what they are", "[integration][control]") {
    const StubHost host({});
    host.project("payments-api");
    host.project("auth-service");
    const auto ids = host.addFindings("payments-api", 5);
    const auto low = host.addFindings("auth-service", {{"a low one", "low"}});
    const auto list = [&](const std::string& query) {
        return host.control("GET", acme + "/findings?" + query);
    };
    std::vector<std::string> seen;
    std::string after;
    int pages = 0;
    for (Json page = list("project=payments-api&limit=2");;
         page = list("project=payments-api&limit=2&after=" + after)) {
        ++pages;
        for (const auto& id : idsOf(page)) {
            seen.push_back(id);
        }
        if (page["next"].isNull()) {
            break;
        }
        after = page["next"].text();
        REQUIRE(after == seen.back());
    }
    CHECK(pages == 3);
    CHECK(seen == ids);
    CHECK(list("limit=6")["next"].isNull()); // a full last page is the last one
    CHECK(idsOf(list("severity=low")) == low);

    host.control("POST", acme + "/findings/" + ids[1] + "/status", R"({"status":"false positive"})");
    CHECK(idsOf(list("status=false%20positive")) == std::vector<std::string>{ids[1]});
    CHECK(list("status=open")["findings"].size() == 5);
    CHECK(list("state=none")["findings"].size() == 6);
    CHECK(list("state=created")["findings"].size() == 0);
}

TEST_CASE("the clock stays where it was set, and makes jobs due", "[integration][control]") {
    StubHost host({});
    const auto before = host.control("GET", "/clock");
    checkMembers(before, {"nowMs", "offsetMs"});
    CHECK(before["offsetMs"].number() == 0);
    const auto jobs = host.control("GET", "/jobs")["jobs"];
    REQUIRE(jobs.size() > 0);
    checkMembers(jobs[0], {"plugin", "id", "dueMs", "intervalMs", "running"});
    CHECK(jobs[0]["dueMs"].number() > before["nowMs"].number());
    CHECK(host.control("POST", "/jobs/run")["ran"].size() == 0);

    const auto intervalMs = jobs[0]["intervalMs"].number();
    REQUIRE(intervalMs > 0);
    host.advanceClock(std::chrono::milliseconds(intervalMs + 1000));
    CHECK(host.control("GET", "/clock")["nowMs"].number() > before["nowMs"].number() + intervalMs);
    // The job starts by itself, or here, whichever comes first.
    host.control("POST", "/jobs/run", R"({"timeoutMs":30000})");
    CHECK(eventually([&] {
        return host.control("GET", "/jobs")["jobs"][0]["dueMs"].number() > jobs[0]["dueMs"].number();
    }));

    host.restart();
    CHECK(host.control("GET", "/clock")["offsetMs"].number() == intervalMs + 1000);
}

TEST_CASE("the configuration is shown without what is secret or may be", "[integration][control]") {
    const StubHost host({{{"jira.cloud.client_id", "an-id"},
                          {"jira.cloud.client_secret", "hush"},
                          {"jira.cloud.client_secrte", "hush-too"}},
                         jiraBundle()});
    const auto config = host.control("GET", "/config")["config"];
    CHECK(config["jira.cloud.client_id"]["value"].text() == "an-id");
    CHECK(config["jira.cloud.client_secret"]["set"].truth());
    CHECK(config["jira.cloud.client_secrte"]["set"].truth());
    CHECK_THAT(config.dump(), !Catch::Contains("hush"));

    const auto plugin = host.control("GET", "/plugins")["plugins"][0];
    CHECK(plugin["manifest"]["id"].text() == "com.mayoaspm.jira");
    CHECK(plugin["settingsPages"][0]["id"].text() == "jira");
    CHECK(plugin["running"].truth());
    CHECK(host.control("GET", "/misbehaviour")["sentences"].size() == 0);
}

TEST_CASE("an import says what it did, and leaves nothing behind when it fails", "[integration][control]") {
    const StubHost host({});
    const auto order = [](const std::string& file) {
        return R"({"project":"new-one","files":[)" + quoted((testData() / "sarif" / "edge" / file).string()) +
               "]}";
    };
    checkRefused(host.ask("POST", acme + "/import", order("truncated.sarif")), 400, "truncated.sarif");
    CHECK(host.control("GET", acme + "/projects")["projects"].size() == 0);

    const auto first = host.control("POST", acme + "/import", order("first-import.sarif"));
    checkMembers(first, {"created", "seenAgain", "reopened", "noLongerFound", "warnings", "projectCreated"});
    CHECK(first["projectCreated"].truth());
    const auto created = first["created"].number();
    CHECK(created > 0);
    const auto second =
        host.control("POST", acme + "/import", order("second-import-one-moved-one-gone-one-new.sarif"));
    CHECK_FALSE(second["projectCreated"].truth());
    CHECK(second["created"].number() == 1);
    CHECK(second["noLongerFound"].number() == 1);
    CHECK(second["seenAgain"].number() == created - 1);
}

TEST_CASE("a push is told by its states, and the wait ends with the pushes or with the time",
          "[integration][control]") {
    const ConnectedHost world;
    const auto findings = world.host.addFindings("payments-api", 3);
    const auto done = world.host.push("payments-api", {findings[0], findings[1]});
    checkMembers(done, {"asked", "states", "refused", "timedOut"});
    CHECK(done["asked"].number() == 2);
    CHECK(done["states"].dump() == R"({"created":2})");
    CHECK_FALSE(done["timedOut"].truth());

    const auto ticket = world.host.finding(findings[0])["ticket"];
    checkMembers(ticket,
                 {"system", "id", "key", "url", "status", "priority", "assignee", "dueDate", "labels"});
    const auto stands = world.host.control("GET", acme + "/findings/" + findings[0] + "/push");
    checkMembers(stands, {"state", "sinceMs", "message", "remedy", "ticket"});
    CHECK(stands["state"].text() == "created");
    CHECK(stands["ticket"]["key"].text() == ticket["key"].text());
    const auto preview = world.host.control("GET", acme + "/findings/" + findings[2] + "/preview");
    checkMembers(preview, {"fields", "payloadType", "payload", "problems"});

    world.jira.fault("status=503,method=POST,path=/issue");
    const auto late = world.host.pushAll("payments-api", 300);
    CHECK(late["asked"].number() == 1); // the others have their tickets
    CHECK(late["timedOut"].truth());
    const auto states = world.host.control("GET", acme + "/push?project=payments-api");
    CHECK(states["outstanding"].number() == 1);
    CHECK(states["states"]["created"].number() == 2);
    CHECK(world.host.control("GET", acme + "/push?project=auth-service")["outstanding"].number() == 0);

    // An unknown id among good ones asks for nothing.
    const auto more = world.host.addFindings("payments-api", 1).front();
    CHECK(world.host
              .ask("POST", acme + "/push",
                   R"({"project":"payments-api","findings":[)" + quoted(more) + R"(,"F-9999999"]})")
              .status == 404);
    CHECK(world.host.pushState(more) == "none");
}

TEST_CASE("a finding that is resolved while its push waits reaches the plugin, and gets no ticket",
          "[integration][control]") {
    const ConnectedHost world;
    world.jira.fault("status=429:600,method=POST,path=/issue");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding}, 0);
    REQUIRE(eventually([&] { return world.host.pushState(finding) == "waiting"; }));

    world.host.control("POST", acme + "/findings/" + finding + "/status",
                       R"({"status":"resolved","actor":"mia","reason":"Fixed by hand."})");
    CHECK(world.host.control("POST", "/events/flush", R"({"timeoutMs":30000})")["pending"].number() == 0);
    CHECK(world.host.pushState(finding) == "none");
    CHECK_THAT(world.host.timeline(finding), Catch::Contains("it was resolved"));

    world.jira.clearFaults();
    world.host.advanceClock(std::chrono::hours(1));
    const auto other = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {other});
    CHECK(world.jira.issueCount() == 1);
}

TEST_CASE("alerts and audit are listed as the README says", "[integration][control]") {
    const ConnectedHost world;
    world.jira.control("POST", "/_sim/grants/revoke", "{}");
    world.host.addFindings("payments-api", 1);
    world.host.pushAll("payments-api", 0);
    REQUIRE(eventually([&] { return !world.host.alerts().empty(); }));
    checkMembers(world.host.alerts().front(), {"plugin", "key", "level", "title", "text", "remedy", "url",
                                               "count", "raisedMs", "lastMs", "clearedMs"});
    connectJira(world.host, world.jira);
    CHECK(eventually([&] { return world.host.alerts().empty(); }));
    const auto over = world.host.control("GET", acme + "/alerts?all=1")["alerts"];
    REQUIRE(over.size() > 0);
    CHECK(over[0]["clearedMs"].number() > 0);

    const auto events = world.host.control("GET", acme + "/audit?limit=2")["events"];
    REQUIRE(events.size() == 2);
    checkMembers(events[0], {"atMs", "actor", "action", "object", "detail", "plugin"});
    CHECK(events[0]["atMs"].number() >= events[1]["atMs"].number());
}

TEST_CASE("a host that is told to stop ends at once, also while somebody waits for a push",
          "[integration][control]") {
    ConnectedHost world;
    world.jira.fault("status=429:600,method=POST,path=/issue");
    world.host.addFindings("payments-api", 1);
    Json answer = Json::parse("{}");
    std::thread waiter([&] { answer = world.host.pushAll("payments-api", 600'000); });
    const bool isAsked = eventually([&] { return world.host.count("waiting") == 1; });
    const auto begin = std::chrono::steady_clock::now();
    CHECK(world.host.ask("POST", "/stop").status == 202);
    waiter.join();
    CHECK(isAsked);
    CHECK(answer["timedOut"].truth());
    CHECK(world.host.stop() == 0);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
}
