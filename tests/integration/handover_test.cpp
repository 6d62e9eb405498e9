#include <catch2/catch.hpp>

#include "connected_host.hpp"

using namespace integration;
using namespace test_support;

TEST_CASE("a member connects Jira with an admin's link, and may do nothing else", "[integration]") {
    const Simulator jira(traced());
    const StubHost host({configFor(jira), jiraBundle()});
    auto alice = host.signedIn("alice");
    auto mia = host.signedIn("mia");
    const auto url = settings(alice, "POST", "connection/handover", "{}")["url"].text();
    const auto link = "handover/" + url.substr(url.rfind('/') + 1);
    CHECK(mia.get(pathOf(url)).status == 200);
    CHECK(settings(mia, "GET", link)["state"].text() == "open");

    const auto begun = settings(mia, "POST", link + "/authorize", "{}")["authorizeUrl"].text();
    auto paul = host.signedIn("paul");
    CHECK(askSettings(paul, "GET", link).status == 410);
    const auto returned = giveConsent(mia, jira, begun);
    CHECK(returned.status == 200);
    CHECK_THAT(returned.body, Catch::Contains("data-result=\"connected\""));

    const auto connection = settings(alice, "GET", "connection");
    CHECK(connection["state"].text() == "connected");
    CHECK(connection["connectedBy"].text() == "mia");
    CHECK(connection["handover"]["state"].text() == "done");
    CHECK(askSettings(mia, "GET", "connection").status == 403);
    CHECK(askSettings(mia, "POST", link + "/authorize", "{}").status == 410);
}
