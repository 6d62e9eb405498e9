// What a hook may count on: errors travel with the call, deferring, cancellation, concurrency, jobs, stop.
#include <catch2/catch.hpp>

#include <thread>

#include <eventually.hpp>

#include "support/loaded.hpp"

using namespace contract;
using namespace aspm::host;
using Catch::Matchers::Contains;
using test_support::eventually;

namespace {

HttpAnswer ask(Loaded& plugin, const std::string& path, const std::string& query = {}) {
    auto request = pageRequest(path);
    request.query = query;
    return plugin->servePage("probe", request);
}

bool logged(Loaded& plugin, const std::string& message) {
    for (const auto& line : plugin.memory.logLines()) {
        if (line.message.find(message) != std::string::npos) {
            return true;
        }
    }
    return false;
}

} // namespace

TEST_CASE("a thrown error keeps status, message, remedy and delay across the boundary", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto wrong = ask(*plugin, "/argument").result;
    CHECK(wrong.status == ASPM_ARGUMENT);
    CHECK(wrong.message == "wrong");
    CHECK(wrong.remedy == "do better");
    const auto busy = ask(*plugin, "/transient").result;
    CHECK(busy.status == ASPM_TRANSIENT);
    CHECK(busy.retryAfterMs == 1234);
    CHECK(ask(*plugin, "/").result.message.empty());
}

TEST_CASE("whatever else is thrown becomes an internal error with what is known", "[contract]") {
    auto plugin = Loaded::started("probe");
    CHECK(ask(*plugin, "/std").result.message == "plain words");
    CHECK_THAT(ask(*plugin, "/memory").result.message, Contains("out of memory"));
    const auto thrown = ask(*plugin, "/int").result;
    CHECK(thrown.status == ASPM_INTERNAL);
    CHECK_FALSE(thrown.message.empty());
    CHECK(plugin->misbehaviour.sentences().empty());
}

TEST_CASE("errors of concurrent calls do not mix", "[contract]") {
    auto plugin = Loaded::started("probe");
    std::atomic<int> mixed{0};
    std::vector<std::thread> threads;
    for (const char* path : {"/argument", "/transient"}) {
        threads.emplace_back([&, path] {
            const std::string expected = path == std::string("/argument") ? "wrong" : "busy";
            for (int i = 0; i < 200; ++i) {
                mixed += ask(*plugin, path).result.message != expected;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(mixed == 0);
}

TEST_CASE("a deferred hook answers later, from another thread", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto answer = ask(*plugin, "/later");
    CHECK(answer.result.ok());
    CHECK(answer.body == "later: Buffer overflow in parse()");
    const auto failed = ask(*plugin, "/later-fails").result;
    CHECK(failed.status == ASPM_REMOTE);
    CHECK(failed.remedy == "ask it why");
}

TEST_CASE("a deferred hook may be completed before it returns, and deferred once only", "[contract]") {
    auto plugin = Loaded::started("probe");
    CHECK(ask(*plugin, "/at-once").body == "at once");
    CHECK(ask(*plugin, "/twice").body == "only once");
    CHECK(plugin->misbehaviour.sentences().empty());
}

TEST_CASE("a dropped completion ends the hook as internal", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto dropped = ask(*plugin, "/dropped").result;
    CHECK(dropped.status == ASPM_INTERNAL);
    CHECK_THAT(dropped.message, Contains("dropped a deferred hook"));
    CHECK(ask(*plugin, "/throws-deferred").result.status == ASPM_INTERNAL);
    CHECK(eventually([&] { return logged(*plugin, "threw after it was deferred"); }));
}

TEST_CASE("the host stops waiting at the deadline and the plugin learns of it", "[contract]") {
    auto plugin = Loaded::started("probe", impatient());
    CHECK(ask(*plugin, "/until-cancelled").result.status == ASPM_INTERNAL);
    CHECK(eventually([&] { return logged(*plugin, "cancelled"); }));
}

TEST_CASE("stop cancels the hooks that run and waits for them", "[contract]") {
    auto plugin = Loaded::started("probe");
    HookResult result;
    std::thread client([&] { result = ask(*plugin, "/until-cancelled").result; });
    REQUIRE(eventually([&] { return logged(*plugin, "waiting"); }));
    (*plugin)->stop();
    client.join();
    CHECK(result.status == ASPM_CANCELLED);
    CHECK(logged(*plugin, "cancelled"));
    CHECK(plugin->misbehaviour.sentences().empty());
}

TEST_CASE("no more hooks run at a time than the plugin declares", "[contract]") {
    auto plugin = Loaded::started("probe");
    std::vector<std::thread> clients;
    for (int i = 0; i < 6; ++i) {
        clients.emplace_back([&] { ask(*plugin, "/crowd"); });
    }
    for (auto& client : clients) {
        client.join();
    }
    CHECK(ask(*plugin, "/crowd").body == "2");
}

TEST_CASE("jobs begin after start has returned", "[contract]") {
    auto plugin = Loaded::started("probe");
    CHECK_THAT(ask(*plugin, "/jobs").body, Contains("in time"));
    CHECK(eventually([&] { return ask(*plugin, "/jobs").body == "in time 1"; }));
}

TEST_CASE("jobs follow the host's clock, can be cancelled, and end with the instance", "[contract]") {
    HostOptions options;
    options.runJobs = false;
    auto plugin = Loaded::started("probe", options);
    (*plugin)->runDueJobs();
    ask(*plugin, "/jobs", "every");
    CHECK((*plugin)->runDueJobs().empty());
    plugin->memory.advanceMs(1000);
    (*plugin)->clockChanged();
    CHECK((*plugin)->runDueJobs().size() == 1);
    CHECK(ask(*plugin, "/jobs").body == "in time 2");
    ask(*plugin, "/jobs", "cancel");
    plugin->memory.advanceMs(1000);
    (*plugin)->clockChanged();
    CHECK((*plugin)->runDueJobs().empty());
    ask(*plugin, "/jobs", "every");
    (*plugin)->stop();
    CHECK((*plugin)->jobs().empty());
}

TEST_CASE("a job that fails for now runs again, not before its delay", "[contract]") {
    HostOptions options;
    options.runJobs = false;
    auto plugin = Loaded::started("probe", options);
    (*plugin)->runDueJobs();
    ask(*plugin, "/jobs", "fails");
    const auto first = (*plugin)->runDueJobs();
    REQUIRE(first.size() == 1);
    CHECK(first[0].result.status == ASPM_TRANSIENT);
    CHECK((*plugin)->runDueJobs().empty());
    plugin->memory.advanceMs(1000);
    (*plugin)->clockChanged();
    CHECK((*plugin)->runDueJobs().size() == 1);
}

TEST_CASE("two contributions of one kind reach their own functions", "[contract]") {
    auto plugin = Loaded::started("probe");
    CHECK((*plugin)->servePage("probe-two", pageRequest("/x")).body == "second /x");
    CHECK((*plugin)->settingsPages().size() == 2);
}

TEST_CASE("after the first flush the status is settled", "[contract]") {
    auto plugin = Loaded::started("probe");
    const auto answer = ask(*plugin, "/flush");
    CHECK(answer.status == 202);
    CHECK(answer.body == "one two");
}
