// Tables that are longer than the reader knows, services and registrations that are refused one by one.
#include <catch2/catch.hpp>

#include <temp_dir.hpp>

#include "support/opened.hpp"

using namespace contract;
using Catch::Matchers::Contains;

TEST_CASE("a plugin built for 1.0 runs on a host of a later minor version", "[contract]") {
    const std::string name = GENERATE("hello_c", "probe");
    const test_support::TempDir dir;
    MiniHost host(dir.path().string());
    {
        Opened plugin(name, host);
        REQUIRE(plugin.created == ASPM_OK);
        REQUIRE(plugin.start() == ASPM_OK);
        const auto& page = host.contribution<aspm_settings_page>(ASPM_SETTINGS_PAGE_1);
        WithFuture<aspm_http_request> request;
        WithFuture<aspm_principal> principal;
        request.table.path = {"/", 1};
        request.table.method = {"GET", 3};
        request.table.principal = &principal.table;
        MiniResponse response;
        MiniCall call;
        CHECK(page.handle(plugin.self, call.raw(), &request.table, response.raw()) == ASPM_OK);
        CHECK_FALSE(response.body.empty());
        CHECK(response.response.isUntouched());
    }
    CHECK(host.isFutureUntouched());
    CHECK(host.openCalls == 0);
}

TEST_CASE("a plugin that reports many pushes at once makes single calls on a host of 1.0", "[contract]") {
    const bool isOld = GENERATE(false, true);
    const test_support::TempDir dir;
    MiniHost host(dir.path().string());
    if (isOld) {
        host.knowNoManyReports();
    }
    Opened plugin("probe", host);
    REQUIRE(plugin.start() == ASPM_OK);
    WithFuture<aspm_http_request> request;
    request.table.path = {"/reports", 8};
    request.table.query = {"f1,nothing,f2", 13};
    MiniResponse response;
    MiniCall call;
    const auto& page = host.contribution<aspm_settings_page>(ASPM_SETTINGS_PAGE_1);
    REQUIRE(page.handle(plugin.self, call.raw(), &request.table, response.raw()) == ASPM_OK);
    CHECK(response.body == (isOld ? "singly 1:NOT_FOUND told" : "together 1:NOT_FOUND told"));
    CHECK(host.reported == (isOld ? std::vector<std::string>{"f1", "f2"}
                                  : std::vector<std::string>{"f1 with two", "f2 with two"}));
}

TEST_CASE("a plugin with longer tables than the host knows runs", "[contract]") {
    auto plugin = Loaded::started("from_the_future");
    CHECK((*plugin)->servePage("page", pageRequest()).body == "from the future");
    CHECK((*plugin)->table().struct_size >= sizeof(aspm_plugin));
    plugin->unload();
    CHECK(plugin->misbehaviour.sentences().empty());
}

TEST_CASE("start fails with a reason when a required service is missing, and destroy still works",
          "[contract]") {
    const char* service = GENERATE(ASPM_STORAGE_1, ASPM_CONFIG_1, ASPM_FINDINGS_1, ASPM_URLS_1);
    MiniHost host;
    host.missing = {service};
    Opened plugin("hello_c", host);
    CHECK(plugin.start() == ASPM_UNSUPPORTED);
    CHECK_THAT(plugin.call.message, Contains("lacks a service"));
    CHECK(host.registered.empty());
}

TEST_CASE("start fails when any registration is refused, and destroy still works", "[contract]") {
    const std::string name = GENERATE("hello_c", "probe");
    const int refused = GENERATE(0, 1);
    const test_support::TempDir dir;
    MiniHost host(dir.path().string());
    host.refused = refused;
    Opened plugin(name, host);
    CHECK(plugin.start() == ASPM_ARGUMENT);
    CHECK_THAT(plugin.call.message, Contains("no room"));
    CHECK(static_cast<int>(host.registered.size()) == refused);
}

TEST_CASE("services are looked up by their exact id and stay where they are", "[contract]") {
    auto plugin = Loaded::started("probe");
    CHECK((*plugin)->servePage("probe", pageRequest("/lookup")).body == "ok");
}

TEST_CASE("unknown extensions of a plugin are NULL", "[contract]") {
    for (const char* name : {"hello_c", "probe"}) {
        auto plugin = Loaded::started(name);
        for (const char* id : {"", "aspm.anything/1", "aspm.log/1", "\xff"}) {
            CHECK((*plugin)->extension(id) == nullptr);
        }
    }
}
