#include "sync/delivery.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using jira_plugin::sync::Delivery;
using jira_plugin::sync::parseDelivery;

namespace {

std::string sample(const std::string& name) {
    std::ifstream file(std::string(ASPM_TEST_DATA_DIR) + "/jira/samples/webhooks/" + name + ".json");
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Delivery read(const std::string& name) {
    const auto delivery = parseDelivery(sample(name));
    REQUIRE(delivery);
    return *delivery;
}

} // namespace

TEST_CASE("deliveries of Cloud are read", "[sync][delivery]") {
    SECTION("a closed issue") {
        const Delivery delivery = read("cloud-issue-resolved");
        CHECK(delivery.event == "jira:issue_updated");
        CHECK(delivery.issueId == "10040");
        CHECK(delivery.siteHost == "some-instance-test.atlassian.net");
        CHECK(delivery.changesStatus);
        CHECK_FALSE(delivery.concernsComments);
        CHECK(delivery.actor == "Test User");
        CHECK(delivery.atMs == 1550286940507);
        CHECK(delivery.issueUpdatedMs > 1550286940507 - 60'000);
        CHECK(delivery.issueUpdatedMs <= 1550286940507);
        CHECK_FALSE(delivery.changelogId.empty());
    }
    SECTION("a reopened issue") {
        CHECK(read("cloud-issue-reopened").changesStatus);
    }
    SECTION("a created issue") {
        const Delivery delivery = read("cloud-issue-created");
        CHECK(delivery.isCreation);
        CHECK(delivery.issueId == "10040");
    }
    SECTION("comments") {
        for (const char* name : {"cloud-comment-created", "cloud-comment-updated"}) {
            const Delivery delivery = read(name);
            CHECK(delivery.concernsComments);
            CHECK(delivery.issueId == "10040");
            CHECK(delivery.commentId == "10019");
            CHECK(delivery.actor == "Test User");
        }
    }
}

TEST_CASE("deliveries of Data Center are read", "[sync][delivery]") {
    SECTION("a comment without an issue names the issue in its link alone") {
        const Delivery delivery = read("server-comment-created-no-issue");
        CHECK(delivery.issueId == "10013");
        CHECK(delivery.commentId == "10082");
        CHECK(delivery.concernsComments);
        CHECK(delivery.actor == "Lev Brouk");
        CHECK(delivery.siteHost == "sales-jira.centralus.cloudapp.azure.com:8080");
    }
    SECTION("the same as a change of the issue") {
        const Delivery delivery = read("server-issue-commented");
        CHECK(delivery.event == "jira:issue_updated");
        CHECK(delivery.issueId == "10006");
        CHECK(delivery.commentId == "10001");
        CHECK(delivery.concernsComments);
    }
    SECTION("closed, reopened, deleted") {
        CHECK(read("server-issue-resolved").changesStatus);
        CHECK(read("server-issue-reopened").changesStatus);
        const Delivery deleted = read("server-issue-deleted");
        CHECK(deleted.isDeletion);
        CHECK_FALSE(deleted.changesStatus);
        CHECK_FALSE(deleted.issueId.empty());
    }
}

TEST_CASE("a delivery without changelog, user and time is one", "[sync][delivery]") {
    const auto delivery = parseDelivery(
        R"({"webhookEvent":"jira:issue_updated","issue":{"id":10001,"self":"https://Acme.Example/rest/api/2/issue/10001"}})");
    REQUIRE(delivery);
    CHECK(delivery->issueId == "10001");
    CHECK(delivery->siteHost == "acme.example");
    CHECK(delivery->atMs == 0);
    CHECK(delivery->actor.empty());
    CHECK_FALSE(delivery->changesStatus);
}

TEST_CASE("an event of an entity property tells key and value", "[sync][delivery]") {
    const auto delivery = parseDelivery(R"({"webhookEvent":"issue_property_set","matchedWebhookIds":[7,"8"],)"
                                        R"("issue":{"id":"3","self":"https://a.example/rest/api/2/issue/3"},)"
                                        R"("property":{"key":"com.mayoaspm.canary","value":{"n":5}}})");
    REQUIRE(delivery);
    CHECK(delivery->propertyKey == "com.mayoaspm.canary");
    CHECK(delivery->propertyValue == R"({"n":5})");
    CHECK(delivery->webhookIds == std::vector<std::string>{"7", "8"});
}

TEST_CASE("what is no delivery is none", "[sync][delivery]") {
    const std::string whole = sample("cloud-issue-resolved");
    CHECK_FALSE(parseDelivery(""));
    CHECK_FALSE(parseDelivery("null"));
    CHECK_FALSE(parseDelivery("[]"));
    CHECK_FALSE(parseDelivery("<html></html>"));
    CHECK_FALSE(parseDelivery("{}"));
    CHECK_FALSE(parseDelivery(R"({"webhookEvent":{}})"));
    CHECK_FALSE(parseDelivery(R"({"webhookEvent":"a b"})"));
    CHECK_FALSE(parseDelivery(R"({"webhookEvent":")" + std::string(5000, 'x') + "\"}"));
    CHECK_FALSE(parseDelivery(std::string_view(whole).substr(0, whole.size() / 2)));
    CHECK_FALSE(parseDelivery(R"({"webhookEvent":"e","a":)" + std::string(10'000, '[') +
                              std::string(10'000, ']') + "}"));
}

TEST_CASE("hostile members read as empty", "[sync][delivery]") {
    const auto delivery =
        parseDelivery(R"_({"webhookEvent":"jira:issue_updated","timestamp":"soon","user":["x"],)_"
                      R"_("changelog":{"items":"none"},"matchedWebhookIds":{"0":1},"comment":"x",)_"
                      R"_("issue":{"id":"1 OR 1=1","self":"javascript:alert(1)"}})_");
    REQUIRE(delivery);
    CHECK(delivery->issueId.empty());
    CHECK(delivery->atMs == 0);
    CHECK(delivery->webhookIds.empty());
    CHECK(delivery->siteHost.empty());

    const auto named = parseDelivery(R"({"webhookEvent":"e","user":{"displayName":"a\u0000b\n)" +
                                     std::string(4000, 'x') + "\"}}");
    REQUIRE(named);
    CHECK(named->actor.size() <= 210);
    CHECK(named->actor.find('\0') == std::string::npos);
    CHECK(named->actor.find('\n') == std::string::npos);
}
