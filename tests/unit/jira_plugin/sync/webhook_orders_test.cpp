#include "sync/webhook_orders.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace jira_plugin::sync;
using Kind = jira_plugin::jira::Webhooks::Kind;

namespace {

std::vector<std::string> projects(int count) {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i)
        ids.push_back(std::to_string(10'000 + i));
    return ids;
}

} // namespace

TEST_CASE("Without a mapped project there is nothing to hear of", "[upkeep]") {
    CHECK(webhookOrders(Kind::Dynamic, "n", "https://h", "", {}).empty());
    CHECK(webhookOrders(Kind::SecretSigned, "n", "https://h", "s", {}).empty());
}

TEST_CASE("One webhook hears of the mapped projects alone", "[upkeep]") {
    const auto orders = webhookOrders(Kind::Dynamic, "n", "https://h/-", "", {"10000", "10002"});
    REQUIRE(orders.size() == 1);
    CHECK(orders[0].jql == "project in (10000, 10002)");
    CHECK(orders[0].events.back() == "issue_property_set");
    CHECK(orders[0].propertyKeys == std::vector<std::string>{"com.mayoaspm.canary"});
    const auto server = webhookOrders(Kind::SecretSigned, "n", "https://h/acme/x", "secret", {"10000"});
    CHECK(server.at(0).events.size() == 6); // a Data Center tells nobody of properties
    CHECK(server.at(0).secret == "secret");
}

TEST_CASE("A filter that grows too long is spread over several webhooks", "[upkeep]") {
    const auto orders = webhookOrders(Kind::Dynamic, "n", "https://h", "", projects(700));
    CHECK(orders.size() == 3);
    std::size_t bytes = 0;
    for (const auto& order : orders) {
        CHECK(order.jql.size() < 2'100);
        bytes += order.jql.size();
    }
    CHECK(bytes > 3'500); // none was left out
    CHECK(webhookOrders(Kind::Unsigned, "n", "https://h", "", projects(700)).size() == 1);
}

TEST_CASE("More projects than five filters hold are heard of without one", "[upkeep]") {
    const auto orders = webhookOrders(Kind::Dynamic, "n", "https://h", "", projects(3'000));
    REQUIRE(orders.size() == 1);
    CHECK(orders[0].jql == "project != null");
}

TEST_CASE("What Jira lists is compared with what was ordered", "[upkeep]") {
    const auto order = webhookOrders(Kind::Dynamic, "n", "https://h/-", "", {"10000"}).at(0);
    jira_plugin::jira::Webhook listed{"1", order.url, order.events, "PROJECT IN (10000)", 0, true};
    CHECK(differenceOf(order, listed).empty());
    SECTION("the address") {
        listed.url = "https://elsewhere";
        CHECK(differenceOf(order, listed).find("another address") != std::string::npos);
    }
    SECTION("an event that is missing") {
        listed.events.erase(listed.events.begin());
        CHECK(differenceOf(order, listed) == "It does not tell of jira:issue_created.");
    }
    SECTION("the filter") {
        listed.jql = "project in (10000, 10001)";
        CHECK(differenceOf(order, listed).find("Its filter is") == 0);
    }
    SECTION("what Jira does not tell is not judged") {
        listed.url.clear();
        listed.jql.clear();
        CHECK(differenceOf(order, listed).empty());
    }
}

TEST_CASE("A site is known by its host", "[upkeep]") {
    CHECK(siteHostOf("https://Acme.Atlassian.net/") == "acme.atlassian.net");
    CHECK(siteHostOf("https://jira.example:8443/jira") == "jira.example:8443");
    CHECK(siteHostOf("https://jira.example:443") == "jira.example");
    CHECK(siteHostOf("").empty());
}
