#include "sync/recent_webhooks.hpp"

#include <catch2/catch.hpp>

namespace sync = jira_plugin::sync;

namespace {

class Asked : public sync::WebhookDirectory {
public:
    std::optional<sync::Addressee> byPathToken(const std::string&, const std::string&) override { return {}; }
    std::vector<sync::Addressee> byWebhook(const std::vector<std::string>&, const std::string&) override {
        ++questions;
        if (whileAsked)
            whileAsked();
        return addressees;
    }
    void heard(const sync::Heard&) noexcept override {}

    std::vector<sync::Addressee> addressees{{"acme", "site-1", {}}};
    std::function<void()> whileAsked;
    int questions = 0;
};

struct World {
    std::string whose(const std::string& id = "7", const std::string& host = "acme.example") {
        const auto all = recent.byWebhook({id}, host);
        return all.empty() ? "" : all.front().organisation;
    }

    Asked webhooks;
    std::int64_t now = 1'000'000;
    sync::RecentWebhooks recent{webhooks, [this] { return now; }};
};

} // namespace

TEST_CASE("a burst of deliveries asks once a second whom they are for", "[sync][route]") {
    World world;
    for (int i = 0; i < 5; ++i)
        CHECK(world.whose() == "acme");
    CHECK(world.webhooks.questions == 1);
    world.now += 1'000;
    CHECK(world.whose() == "acme");
    CHECK(world.webhooks.questions == 2);
    world.now -= 60'000; // the clock was set back
    CHECK(world.whose() == "acme");
    CHECK(world.webhooks.questions == 3);
}

TEST_CASE("each webhook and each site is asked for by itself", "[sync][route]") {
    World world;
    CHECK(world.whose("7") == "acme");
    CHECK(world.whose("8") == "acme");
    CHECK(world.whose("7", "other.example") == "acme");
    CHECK(world.webhooks.questions == 3);
}

TEST_CASE("that nobody is meant is not remembered, nor what changed meanwhile", "[sync][route]") {
    World world;
    world.webhooks.addressees.clear();
    CHECK(world.whose().empty());
    world.webhooks.addressees = {{"acme", "site-1", {}}};
    CHECK(world.whose() == "acme");

    world.recent.forget();
    world.webhooks.addressees.clear();
    CHECK(world.whose().empty());

    world.webhooks.addressees = {{"acme", "site-1", {}}};
    world.webhooks.whileAsked = [&] { world.recent.forget(); };
    CHECK(world.whose() == "acme"); // an answer from before the change
    world.webhooks.addressees.clear();
    CHECK(world.whose().empty());
}
