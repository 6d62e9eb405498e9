#include <catch2/catch.hpp>

#include "connected_host.hpp"
#include "eventually.hpp"
#include "hook_signature.hpp"
#include "postgres.hpp"

#include <atomic>
#include <chrono>
#include <thread>

using namespace integration;
using namespace test_support;

/// Several hosts, each a process with findings of its own, on one PostgreSQL database. They imported the same
/// reports, so their findings have the same ids.
namespace {

const std::string project = "payments-api";

struct SharingHosts {
    explicit SharingHosts(int count, const SimulatorOptions& simulator = traced())
        : first(simulator, {{"database.url", url},
                            {"database.host_timeout_seconds", "3"},
                            {"jira.push.settle_seconds", "2"}}) {
        while (static_cast<int>(others.size()) + 1 < count)
            join();
    }

    void join() {
        auto config = configFor(first.jira);
        config["database.url"] = url;
        config["database.host_timeout_seconds"] = "3";
        others.push_back(
            std::make_unique<StubHost>(HostOptions{config, jiraBundle(), first.host.data() / "keys.json"}));
        for (const char* key : {"payments-api", "auth-service", "mobile-app"})
            others.back()->project(key);
    }

    std::vector<StubHost*> all() {
        std::vector<StubHost*> hosts{&first.host};
        for (auto& each : others)
            hosts.push_back(each.get());
        return hosts;
    }

    /// The same new findings in every host; how many there are then.
    void import(int count) {
        std::vector<std::string> ids;
        for (StubHost* host : all()) {
            const auto theirs = host->addFindings(project, count);
            REQUIRE((ids.empty() || ids == theirs));
            ids = theirs;
        }
        expected += static_cast<std::size_t>(count);
    }

    /// Every host asks for tickets of all findings at the same time.
    void pushEverywhere() {
        std::vector<std::thread> threads;
        for (StubHost* host : all())
            threads.emplace_back([host] {
                host->ask("POST", "/organisations/acme/push",
                          R"({"user":"alice","all":true,"project":")" + project + R"("})");
            });
        for (auto& thread : threads)
            thread.join();
    }

    long long rows(const std::string& condition) const {
        return std::stoll(
            server.query("SELECT COUNT(*) FROM outbox WHERE " + condition, databaseOf(url)).front());
    }
    bool isDone() const { return rows("state = 'created'") == static_cast<long long>(expected); }

    void checkOneTicketEach() const {
        const auto tickets = ticketsByLabel(first.jira);
        CHECK(tickets.size() == expected);
        for (const auto& [label, count] : tickets) {
            INFO(label);
            CHECK(count == 1);
        }
        CHECK(first.jira.issueCount() == expected);
        CHECK(server.query("SELECT DISTINCT issue_id FROM ticket_link", databaseOf(url)).size() == expected);
    }

    const Simulator& jira() const { return first.jira; }

    std::vector<std::string> query(const std::string& sql) const {
        return server.query(sql, databaseOf(url));
    }

    /// Waits until nothing is under way from Jira or to it.
    bool isQuiet() {
        auto admin = first.host.signedIn();
        return eventually([&] {
            const auto sent = jira().control("GET", "/_sim/deliveries?state=pending")["counts"];
            if (sent["pending"].number() + sent["held"].number() + sent["waiting"].number() > 0)
                return false;
            const auto queue = settings(admin, "GET", "sync/queue");
            return queue["incoming"]["waiting"].number() + queue["outgoing"]["waiting"].number() == 0;
        });
    }

    /// The newest delivery about an issue, sent or lost, as Jira would bring it to this host.
    int tell(const StubHost& host, const std::string& key) const {
        const auto newest =
            jira()
                .control("GET", "/_sim/deliveries?event=jira:issue_updated&issue=" + key)["deliveries"]
                .items()
                .back();
        const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
        HttpClient client(host.url());
        client.setHeader("Authorization",
                         bearer(configFor(jira()).at("jira.cloud.client_secret"),
                                std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count()));
        return client.send("POST", "/hooks/-/jira/jira", newest["payload"].dump(), "application/json").status;
    }

    /// In how many of the hosts a finding has this status; each has findings of its own.
    int inStatus(const std::string& finding, const std::string& status) {
        int count = 0;
        for (StubHost* host : all())
            count += host->finding(finding)["status"].text() == status ? 1 : 0;
        return count;
    }

    /// Runs the daily jobs of all hosts at the same time, a day later.
    void runDailyJobs() {
        first.advance(std::chrono::hours(24));
        for (auto& each : others)
            each->advanceClock(std::chrono::hours(24));
        std::vector<std::thread> threads;
        for (StubHost* host : all())
            threads.emplace_back([host] { host->control("POST", "/jobs/run"); });
        for (auto& thread : threads)
            thread.join();
    }

    PostgresServer server;
    const std::string url = server.newDatabase();
    ConnectedHost first;
    std::vector<std::unique_ptr<StubHost>> others;
    std::size_t expected = 0;
};

bool hasCreated(const StubHost& host) {
    return host.log().find("Tickets were created") != std::string::npos;
}

} // namespace

TEST_CASE("two hosts and then four that share a store send what any of them was asked for, once each",
          "[integration][hosts]") {
    SharingHosts hosts(2);
    hosts.first.jira.fault("latency=30,path=/issue");
    hosts.import(300);
    hosts.pushEverywhere();
    CHECK(eventually([&] { return hosts.isDone(); }));
    hosts.checkOneTicketEach();

    hosts.join();
    hosts.join();
    for (std::size_t i = 1; i < hosts.others.size(); ++i) // they missed the first import
        hosts.others[i]->addFindings(project, 300);
    hosts.import(400);
    hosts.pushEverywhere();
    CHECK(eventually([&] { return hosts.isDone(); }));
    hosts.checkOneTicketEach();
    int busy = 0;
    for (StubHost* host : hosts.all())
        busy += hasCreated(*host) ? 1 : 0;
    CHECK(busy >= 2);
}

TEST_CASE("what a killed host had in hand is sent by the others, nothing twice", "[integration][hosts]") {
    SharingHosts hosts(3);
    hosts.first.jira.fault("latency=150,path=/ex/jira/");
    hosts.first.jira.fault("lost-answer,path=/issue/bulk,probability=0.2");
    hosts.first.jira.fault("index-delay=300");
    hosts.import(400);
    hosts.pushEverywhere();
    for (const auto& victim : hosts.others) {
        REQUIRE(eventually([&] { return hosts.rows("state = 'sending'") > 0 || hosts.isDone(); }));
        victim->kill();
    }
    CHECK(eventually([&] { return hosts.isDone(); }));
    hosts.checkOneTicketEach();
}

TEST_CASE("cut connections to the database lose nothing and double nothing", "[integration][hosts]") {
    SharingHosts hosts(2);
    hosts.first.jira.fault("latency=50,path=/ex/jira/");
    hosts.import(300);
    hosts.pushEverywhere();
    int cut = 0;
    for (int i = 0; i < 8 && !hosts.isDone(); ++i) {
        const auto created = hosts.rows("state = 'created'");
        cut += hosts.server.cutConnections(databaseOf(hosts.url));
        eventually([&] { return hosts.rows("state = 'created'") > created; }, std::chrono::milliseconds(500));
    }
    CHECK(cut > 0);
    CHECK(eventually([&] {
        hosts.pushEverywhere(); // one that was refused while the connections were cut is asked for again
        return hosts.isDone();
    }));
    hosts.checkOneTicketEach();
}

TEST_CASE("hosts go on by themselves when the database server is back", "[integration][hosts]") {
    SharingHosts hosts(2);
    hosts.first.jira.fault("latency=100,path=/ex/jira/");
    hosts.import(200);
    hosts.pushEverywhere();
    REQUIRE(eventually([&] { return hosts.rows("state <> 'created'") > 0; }));
    hosts.server.stop();
    auto admin = hosts.first.host.signedIn();
    const auto refused = askSettings(admin, "GET", "connection");
    CHECK(refused.status >= 500);
    CHECK(refused.body.find("cannot be reached") != std::string::npos);
    CHECK(refused.body.find(PostgresServer::rightPassword) == std::string::npos);
    hosts.server.start();
    CHECK(eventually([&] { return hosts.isDone(); }));
    hosts.checkOneTicketEach();
}

TEST_CASE("an expired token is refreshed once, whichever hosts find it out together",
          "[integration][hosts]") {
    SharingHosts hosts(2);
    const std::string tokenRoute = "POST /oauth/token";
    const auto before = hosts.first.jira.requests(tokenRoute);
    hosts.first.jira.fault("slow-token=300");
    hosts.first.jira.control("POST", "/_sim/tokens/expire");
    std::atomic<int> failures{0};
    std::vector<std::thread> readers;
    readers.reserve(6);
    for (int i = 0; i < 6; ++i)
        readers.emplace_back([&, i] {
            auto admin = hosts.all()[static_cast<std::size_t>(i % 2)]->signedIn();
            failures += askSettings(admin, "GET", "jira/projects").status == 200 ? 0 : 1;
        });
    for (auto& reader : readers)
        reader.join();
    CHECK(failures == 0);
    CHECK(hosts.first.jira.requests(tokenRoute) - before == 1);
}

TEST_CASE("whichever host Jira tells of a closed ticket, its finding is resolved once",
          "[integration][hosts]") {
    SharingHosts hosts(2);
    hosts.import(6);
    hosts.first.host.pushAll(project);
    REQUIRE(hosts.isDone());
    REQUIRE(hosts.isQuiet());
    const auto findings = hosts.query("SELECT finding FROM ticket_link ORDER BY finding");
    REQUIRE(findings.size() == 6);

    // Jira tells the first host, the other one or both.
    const StubHost& other = *hosts.others.front();
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const auto key =
            hosts.query("SELECT issue_key FROM ticket_link WHERE finding = '" + findings[i] + "'").front();
        if (i == 3)
            hosts.jira().fault("webhook-lose");
        hosts.jira().control("POST", "/_sim/issues/" + key + "/transition", R"({"to":"Done"})");
        if (i >= 1)
            CHECK(hosts.tell(other, key) < 300);
        if (i == 5)
            CHECK(hosts.tell(hosts.first.host, key) < 300);
    }
    for (const auto& finding : findings)
        CHECK(eventually([&] { return hosts.inStatus(finding, "resolved") == 1; }));
    REQUIRE(hosts.isQuiet());
    for (const auto& finding : findings) {
        CHECK(hosts.inStatus(finding, "resolved") == 1);
        CHECK(hosts.inStatus(finding, "open") == 1);
    }
    CHECK(hosts.query("SELECT DISTINCT status FROM ticket_link") == std::vector<std::string>{"Done"});
}

TEST_CASE("what is done daily is done once for all hosts", "[integration][hosts]") {
    SharingHosts hosts(2);
    hosts.import(3);
    hosts.first.host.pushAll(project);
    REQUIRE(hosts.isDone());
    auto admin = hosts.first.host.signedIn();
    const auto report = [&] { return settings(admin, "GET", "support-bundle")["reconciliation"]; };
    const auto reconciled = [&](const std::string& after) {
        return eventually([&] {
            const auto now = report();
            return !now.isNull() && now["state"].text() == "done" && now["startedAt"].text() != after;
        });
    };
    hosts.runDailyJobs(); // the first one has no time since which changes could be asked for
    REQUIRE(reconciled(""));
    REQUIRE(hosts.isQuiet());

    const std::string search = "POST /rest/api/3/search/jql";
    const std::string canary = "PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}";
    const auto searches = hosts.jira().requests(search), canaries = hosts.jira().requests(canary);
    const std::string before = report()["startedAt"].text();
    hosts.runDailyJobs();
    CHECK(reconciled(before));
    CHECK(report()["checked"].number() == 3);
    CHECK(eventually([&] { return hosts.jira().requests(canary) > canaries; }));
    CHECK(hosts.isQuiet());
    CHECK(hosts.jira().requests(search) - searches == 1);
    CHECK(hosts.jira().requests(canary) - canaries == 1);
}

TEST_CASE("the guide's way on PostgreSQL, and no password of the database anywhere", "[integration][hosts]") {
    SharingHosts hosts(1);
    hosts.import(3);
    CHECK(hosts.first.host.pushAll(project)["states"]["created"].number() == 3);
    hosts.first.host.restart();
    CHECK(hosts.first.host.pushAll(project)["states"]["created"].number() == 3);
    hosts.checkOneTicketEach();
    auto admin = hosts.first.host.signedIn();
    CHECK(settings(admin, "GET", "connection")["state"].text() == "connected");
    const auto bundle = askSettings(admin, "GET", "support-bundle").body;
    for (const std::string& text : {hosts.first.host.log(), bundle})
        for (const char* secret : {"open%2Fs%40same", "open/s@same"})
            CHECK(text.find(secret) == std::string::npos);
    for (const auto& each : std::filesystem::recursive_directory_iterator(hosts.first.host.data()))
        CHECK(each.path().filename() != "jira.sqlite");
}

TEST_CASE("a host whose database cannot be used says why and starts nothing", "[integration][hosts]") {
    const std::pair<const char*, const char*> cases[] = {
        {"postgresql://aspm:hunter2@127.0.0.1:1/x", "cannot be reached"},
        {"postgresql://aspm:hunter2@127.0.0.1", "names no database"},
        {"mysql://aspm:hunter2@db/x", "postgresql://"}};
    for (const auto& [url, reason] : cases) {
        std::string said;
        try {
            const StubHost host({{{"database.url", url}}, jiraBundle(), {}});
            said = host.log();
        } catch (const std::runtime_error& problem) {
            said = problem.what();
        }
        CHECK_THAT(said, Catch::Contains(reason) && !Catch::Contains("hunter2"));
    }
}
