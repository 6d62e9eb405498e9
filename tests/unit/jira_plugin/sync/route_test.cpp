#include "../each_engine.hpp"
#include "../push/fake_host.hpp"
#include "hook_signature.hpp"

#include "connection/encoding.hpp"
#include "store/database.hpp"
#include "sync/route.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>

using namespace test_support;
namespace sync = jira_plugin::sync;
namespace store = jira_plugin::store;
using jira_plugin::connection::Secret;
using jira_plugin::connection::sha256Hex;

namespace {

const std::string issueBody =
    R"({"timestamp":1700000000000,"webhookEvent":"jira:issue_updated","matchedWebhookIds":[7],)"
    R"("issue":{"id":"10001","self":"https://acme.example/rest/api/2/issue/10001","key":"PAY-1"},)"
    R"("changelog":{"id":"5","items":[{"field":"status"}]}})";

class Webhooks : public sync::WebhookDirectory {
public:
    std::optional<sync::Addressee> byPathToken(const std::string& organisation,
                                               const std::string& digest) override {
        if (isBroken)
            throw std::runtime_error("the host gives no key");
        if (organisation != "umbra" || digest != sha256Hex("path-token"))
            return {};
        return sync::Addressee{"umbra", "dc-1", secrets};
    }
    std::vector<sync::Addressee> byWebhook(const std::vector<std::string>& ids,
                                           const std::string& host) override {
        if (isBroken)
            throw std::runtime_error("the host gives no key");
        std::vector<sync::Addressee> all;
        for (const std::string& id : ids)
            if (id == "7" && host == "acme.example")
                for (const std::string& organisation : onSite)
                    all.push_back({organisation, "site-1", {}});
        return all;
    }
    void heard(const sync::Heard& what) noexcept override { told.push_back(what); }

    std::vector<std::string> onSite{"acme"};
    std::vector<Secret> secrets;
    bool isBroken = false;
    std::vector<sync::Heard> told;
};

struct World {
    World() {
        host.config["jira.cloud.client_secret"] = "app secret";
        intake.start();
    }

    sync::DeliveryAnswer take(const sync::DeliveryRequest& request) {
        std::promise<sync::DeliveryAnswer> answer;
        route.take(request, [&](const sync::DeliveryAnswer& given) { answer.set_value(given); });
        return answer.get_future().get();
    }

    sync::DeliveryRequest fromCloud(const std::string& body = issueBody) {
        authorization = bearer("app secret", host.now);
        return {"", "", body, "application/json; charset=UTF-8", authorization, "", "delivery-1"};
    }
    sync::DeliveryRequest fromServer(const std::string& body = issueBody) {
        return {"umbra", "/path-token", body, "application/json", "", "", ""};
    }
    std::int64_t stored(const std::string& organisation) { return inbox.counts(organisation).due; }
    std::int64_t stored() { return stored("acme") + stored("umbra"); }

    jira_plugin::EachEngine engine;
    push_test::FakeHost host;
    store::Database database{engine.place()};
    sync::InboxStore inbox{database};
    Webhooks webhooks;
    jira_plugin::push::RecentTickets recent;
    std::atomic<int> wakes{0};
    sync::InboxIntake intake{inbox, [this](const auto&) { ++wakes; }};
    sync::Route route{host.services(), webhooks, intake, recent};
    std::string authorization;
};

} // namespace

TEST_CASE("a delivery of Cloud is stored before it is answered", "[sync][route]") {
    World world;
    CHECK(world.take(world.fromCloud()).status == 200);
    CHECK(world.stored("acme") == 1);
    CHECK(world.wakes == 1);
    REQUIRE(world.webhooks.told.size() == 1);
    CHECK(world.webhooks.told[0].organisation == "acme");
    CHECK(world.webhooks.told[0].event == "jira:issue_updated");

    SECTION("once, however often it comes") {
        CHECK(world.take(world.fromCloud()).status == 200);
        CHECK(world.stored("acme") == 1);
    }
    SECTION("for every organisation that is connected to the site") {
        world.webhooks.onSite = {"acme", "umbra"};
        CHECK(world.take(world.fromCloud()).status == 200);
        CHECK(world.stored("acme") == 1);
        CHECK(world.stored("umbra") == 1);
    }
    SECTION("signed with the secret before this one") {
        world.host.config["jira.cloud.previous_client_secret"] = "older";
        auto request = world.fromCloud();
        world.authorization = bearer("older", world.host.now);
        request.authorization = world.authorization;
        CHECK(world.take(request).status == 200);
    }
}

TEST_CASE("what Cloud did not send changes nothing", "[sync][route]") {
    World world;
    auto request = world.fromCloud();
    int expected = 401;
    SECTION("without a token") {
        request.authorization = "";
    }
    SECTION("signed by another") {
        world.authorization = bearer("guessed", world.host.now);
        request.authorization = world.authorization;
    }
    SECTION("recorded and sent again later") {
        world.host.now += 600'000;
    }
    SECTION("with a body that is cut off") {
        request.body = request.body.substr(0, 40);
        expected = 400;
    }
    SECTION("with another content type") {
        request.contentType = "text/plain";
        expected = 415;
    }
    SECTION("for a webhook that nobody registered") {
        static const std::string other =
            R"({"webhookEvent":"jira:issue_updated","matchedWebhookIds":[8],"issue":{"id":"1","self":"https://acme.example/rest/api/2/issue/1"}})";
        request.body = other;
        expected = 404;
    }
    SECTION("for a webhook of that number on another site") {
        static const std::string other =
            R"({"webhookEvent":"jira:issue_updated","matchedWebhookIds":[7],"issue":{"id":"1","self":"https://evil.example/rest/api/2/issue/1"}})";
        request.body = other;
        expected = 404;
    }
    SECTION("below the route") {
        request.path = "/path-token";
        expected = 404;
    }
    CHECK(world.take(request).status == expected);
    CHECK(world.stored() == 0);
    CHECK(world.webhooks.told.empty());
}

TEST_CASE("a delivery of Data Center is known by its path", "[sync][route]") {
    World world;
    CHECK(world.take(world.fromServer()).status == 200);
    CHECK(world.stored("umbra") == 1);

    SECTION("the same again is known by what it says") {
        CHECK(world.take(world.fromServer()).status == 200);
        CHECK(world.stored("umbra") == 1);
    }
    SECTION("another change of the same issue is another") {
        std::string later = issueBody;
        later.replace(later.find(R"("id":"5")"), 8, R"("id":"6")");
        CHECK(world.take(world.fromServer(later)).status == 200);
        CHECK(world.stored("umbra") == 2);
    }
}

TEST_CASE("what Data Center did not send changes nothing", "[sync][route]") {
    World world;
    const std::string longPath = "/" + std::string(5000, 'x');
    auto request = world.fromServer();
    const auto answer = [&] { return world.take(request); };

    SECTION("an unknown path and an unknown organisation look the same") {
        request.path = "/another";
        const auto unknownPath = answer();
        request = world.fromServer();
        request.organisation = "nobody";
        const auto unknownOrganisation = answer();
        CHECK(unknownPath.status == 404);
        CHECK(unknownOrganisation.status == 404);
        CHECK(unknownPath.text == unknownOrganisation.text);
    }
    SECTION("the path of one organisation under the name of another") {
        request.organisation = "acme";
        CHECK(answer().status == 404);
    }
    SECTION("no path, a long path") {
        request.path = "";
        CHECK(answer().status == 404);
        request.path = "/";
        CHECK(answer().status == 404);
        request.path = longPath;
        CHECK(answer().status == 404);
    }
    SECTION("where a signature is due") {
        world.webhooks.secrets = {Secret("hook secret")};
        CHECK(answer().status == 401);
        const std::string wrong = hubSignature("hook secret", "another body");
        request.signature = wrong;
        CHECK(answer().status == 401);
        CHECK(world.stored() == 0);
        const std::string right = hubSignature("hook secret", issueBody);
        request.signature = right;
        CHECK(answer().status == 200);
        return;
    }
    SECTION("nonsense") {
        request.body = "{\"webhookEvent\":";
        CHECK(answer().status == 400);
    }
    CHECK(world.stored() == 0);
    CHECK(world.webhooks.told.empty());
}

TEST_CASE("our own trouble lets Jira come again", "[sync][route]") {
    World world;
    SECTION("a store that does not store") {
        world.database.transaction(
            [](Poco::Data::Session& session) { session << "DROP TABLE inbox", Poco::Data::Keywords::now; });
    }
    SECTION("webhooks that cannot be looked up") {
        world.webhooks.isBroken = true;
    }
    SECTION("an app whose secret is missing") {
        world.host.config.clear();
        CHECK(world.take(world.fromCloud()).status == 503);
        return;
    }
    CHECK(world.take(world.fromCloud()).status == 503);
    CHECK(world.take(world.fromServer()).status == 503);
    CHECK(world.webhooks.told.empty());
}

TEST_CASE("a property of an issue is heard and not stored", "[sync][route]") {
    World world;
    const std::string body =
        R"({"webhookEvent":"issue_property_set","issue":{"id":"1","self":"https://a.example/issue/1"},)"
        R"("property":{"key":"k","value":"v"},"timestamp":1})";
    CHECK(world.take(world.fromServer(body)).status == 200);
    CHECK(world.stored() == 0);
    REQUIRE(world.webhooks.told.size() == 1);
    CHECK(world.webhooks.told[0].propertyKey == "k");
    CHECK(world.webhooks.told[0].propertyValue == "\"v\"");
}
