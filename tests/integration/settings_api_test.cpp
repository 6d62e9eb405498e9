#include <catch2/catch.hpp>

#include "connected_host.hpp"

using namespace integration;
using namespace test_support;

TEST_CASE("the settings API answers as the description that it publishes says", "[integration]") {
    const ConnectedHost world;
    const auto session = world.host.control("POST", "/sessions", R"({"organisation":"acme","user":"alice"})");
    const auto outcome =
        run("/usr/bin/python3", {settingsApiCheck().string(), "--mount", world.host.url() + jiraSettings,
                                 "--header", "Cookie: " + session["cookie"].text(), "--header",
                                 session["csrfHeader"].text() + ": " + session["csrfToken"].text()});
    INFO(outcome.output << outcome.errors);
    CHECK(outcome.status == 0);
}
