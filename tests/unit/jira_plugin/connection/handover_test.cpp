#include "connection/connection_store.hpp"
#include "connection/encoding.hpp"
#include "connection/handover_store.hpp"
#include "connection/oauth_state_store.hpp"
#include "connection_world.hpp"
#include "store/migrator.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <thread>

#include <Poco/Data/SQLite/SessionImpl.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/URI.h>

using namespace jira_plugin::connection;
namespace store = jira_plugin::store;
using namespace Poco::Data::Keywords;
using Catch::Matchers::Contains;

namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;

/// The admin ann makes links, the member paul holds them.
struct HandoverWorld : ConnectionWorld {
    HandoverWorld() {
        host.members["org/ann"] = {"ann", "Ann Admin", ""};
        host.members["org/paul"] = {"paul", "Paul Member", ""};
    }

    Handovers& links() { return connections.handovers(); }
    std::string link() { return links().create("org", "ann").token; }

    /// The state of a consent that is begun with the link.
    std::string beginWith(const std::string& token, const std::string& user = "paul") {
        const auto begun = links().begin("org", user, token);
        REQUIRE(begun.check == HandoverCheck::Good);
        for (const auto& [name, value] : Poco::URI(begun.authorizeUrl).getQueryParameters()) {
            if (name == "state") {
                return value;
            }
        }
        return {};
    }

    AuthResult accept(const std::string& state, const std::vector<std::string>& sites = {"acme"},
                      const std::string& user = "paul") {
        thenTokens(1);
        thenSites(sites);
        if (sites.size() == 1) {
            thenAccount();
        }
        return finish({{"state", state}, {"code", "c"}}, user);
    }

    HandoverCheck check(const std::string& token, const std::string& user = "paul",
                        const std::string& organisation = "org") {
        return links().look(organisation, user, token).check;
    }

    std::string raisedText() { return host.alerts.at("org/jira-handover").text; }
};

} // namespace

TEST_CASE_METHOD(HandoverWorld, "a member connects with a link, and the admins are told", "[connection]") {
    const std::string token = link();
    CHECK(token.size() >= 43); // 256 bits in base64url
    CHECK(links().status("org")->state == HandoverState::Open);
    const AuthResult result = accept(beginWith(token));
    CHECK(result.outcome == AuthOutcome::Connected);
    CHECK(result.handedOver);
    CHECK(connections.status("org").connectedBy == "paul");
    CHECK_THAT(host.audit.front(), Contains("org ann jira.handover.created"));
    CHECK_THAT(host.audit.back(),
               Contains("paul jira.connected acme") && Contains(R"("handedOverBy":"ann")"));
    CHECK_THAT(raisedText(), Contains("Paul Member connected Jira (acme, ") && Contains("Ann Admin"));
    const auto status = links().status("org");
    CHECK(status->state == HandoverState::Done);
    CHECK(status->doneBy == "paul");
    CHECK(host.alerts.empty()); // an admin looked
}

TEST_CASE_METHOD(HandoverWorld, "the token of a link is kept nowhere", "[connection]") {
    const std::string token = link();
    accept(beginWith(token));
    std::string all = host.log + engine->contents();
    for (const auto& line : host.audit) {
        all += line;
    }
    CHECK_THAT(all, Contains("handover") && !Contains(token));
}

TEST_CASE_METHOD(HandoverWorld, "a link connects once", "[connection]") {
    const std::string token = link();
    accept(beginWith(token));
    CHECK(check(token) == HandoverCheck::Done);
    CHECK(links().look("org", "paul", token).status.doneBy == "paul");
    CHECK(links().look("org", "mia", token).status.doneBy.empty());
    CHECK(links().begin("org", "paul", token).check == HandoverCheck::Done);
    CHECK(links().chooseSite("org", "paul", token, "id-acme", true).check == HandoverCheck::Done);
}

TEST_CASE_METHOD(HandoverWorld, "of two consents with one link the second changes nothing", "[connection]") {
    const std::string token = link();
    const std::string first = beginWith(token), second = beginWith(token);
    CHECK(accept(first).outcome == AuthOutcome::Connected);
    const std::size_t asked = wire->requests().size();
    CHECK(finish({{"state", second}, {"code", "d"}}, "paul").outcome == AuthOutcome::HandoverEnded);
    CHECK(wire->requests().size() == asked); // no grant was fetched that nobody may use
}

TEST_CASE_METHOD(HandoverWorld, "a link belongs to the member who begins with it", "[connection]") {
    const std::string token = link();
    CHECK(check(token, "mia") == HandoverCheck::Good); // looking claims nothing
    const std::string state = beginWith(token);
    CHECK(check(token, "mia") == HandoverCheck::Taken);
    CHECK(links().begin("org", "mia", token).check == HandoverCheck::Taken);
    CHECK(finish({{"state", state}, {"code", "c"}}, "mia").outcome == AuthOutcome::StateOfAnother);
    CHECK(accept(state).outcome == AuthOutcome::Connected);
}

TEST_CASE_METHOD(HandoverWorld, "a link is good in its organisation only", "[connection]") {
    const std::string token = link();
    CHECK(check(token, "paul", "other") == HandoverCheck::Unknown);
    CHECK(links().begin("other", "paul", token).check == HandoverCheck::Unknown);
    const std::string theirs = links().create("other", "ann").token;
    CHECK(check(theirs) == HandoverCheck::Unknown);
    CHECK(check(token) == HandoverCheck::Good);
    CHECK(check(token + "x") == HandoverCheck::Unknown);
    CHECK(check("") == HandoverCheck::Unknown);
}

TEST_CASE_METHOD(HandoverWorld, "a link is good for a day, also while its consent is under way",
                 "[connection]") {
    const std::string token = link();
    host.advance(dayMs - 1);
    const std::string state = beginWith(token);
    host.advance(1);
    CHECK(check(token) == HandoverCheck::Expired);
    CHECK_FALSE(links().status("org"));
    CHECK(finish({{"state", state}, {"code", "c"}}, "paul").outcome == AuthOutcome::HandoverEnded);
    CHECK_FALSE(connections.isConnected("org"));
    host.advance(dayMs + 1);
    connections.maintain();
    CHECK(check(token) == HandoverCheck::Unknown);
}

TEST_CASE_METHOD(HandoverWorld, "a link that was taken back or replaced connects nothing any more",
                 "[connection]") {
    const std::string token = link();
    const std::string state = beginWith(token);
    SECTION("taken back") {
        CHECK(links().revoke("org", "ann"));
        CHECK_FALSE(links().revoke("org", "ann"));
        CHECK_THAT(host.audit.back(), Contains("ann jira.handover.revoked"));
    }
    SECTION("replaced") {
        CHECK(check(link()) == HandoverCheck::Good);
    }
    CHECK(check(token) == HandoverCheck::Unknown);
    CHECK(finish({{"state", state}, {"code", "c"}}, "paul").outcome == AuthOutcome::HandoverEnded);
}

TEST_CASE_METHOD(HandoverWorld, "a link that is taken back while the holder chooses a site connects nothing",
                 "[connection]") {
    const std::string token = link();
    CHECK(accept(beginWith(token), {"acme", "umbrella"}).outcome == AuthOutcome::ChooseSite);
    links().revoke("org", "ann");
    CHECK(links().chooseSite("org", "paul", token, "id-acme", true).check == HandoverCheck::Unknown);
    thenAccount();
    CHECK(connections.chooseSite("org", "paul", "id-acme", true).outcome == AuthOutcome::HandoverEnded);
    CHECK_FALSE(connections.isConnected("org"));
}

TEST_CASE_METHOD(HandoverWorld, "declining leaves the link as it was", "[connection]") {
    const std::string token = link();
    const AuthResult result = finish({{"state", beginWith(token)}, {"error", "access_denied"}}, "paul");
    CHECK(result.outcome == AuthOutcome::Denied);
    CHECK(result.handedOver);
    CHECK(accept(beginWith(token)).outcome == AuthOutcome::Connected);
}

TEST_CASE_METHOD(HandoverWorld, "the holder chooses among several sites and confirms another one",
                 "[connection]") {
    connect("old");
    const std::string token = link();
    CHECK(accept(beginWith(token), {"acme", "umbrella"}).outcome == AuthOutcome::ChooseSite);
    CHECK(links().status("org")->state == HandoverState::ChoosingSite);
    const auto view = links().look("org", "paul", token);
    CHECK(view.status.state == HandoverState::ChoosingSite);
    CHECK(view.sites.size() == 2);
    CHECK(links().chooseSite("org", "mia", token, "id-acme", true).check == HandoverCheck::Taken);
    CHECK(links().chooseSite("org", "paul", token, "id-acme", false).result.outcome ==
          AuthOutcome::ConfirmOtherSite);
    thenAccount();
    CHECK(links().chooseSite("org", "paul", token, "id-acme", true).result.outcome == AuthOutcome::Connected);
    CHECK(connections.status("org").siteName == "acme");
}

TEST_CASE_METHOD(HandoverWorld, "a grant of the member's own is not connected through a link",
                 "[connection]") {
    const std::string own = begin("paul");
    accept(own, {"acme", "umbrella"});
    const std::string token = link();
    beginWith(token);
    CHECK(links().status("org")->state == HandoverState::Open);
    CHECK(links().chooseSite("org", "paul", token, "id-acme", true).result.outcome ==
          AuthOutcome::NothingPending);
}

TEST_CASE_METHOD(HandoverWorld, "an admin who connects meanwhile makes the link needless", "[connection]") {
    const std::string token = link();
    const std::string state = beginWith(token);
    connect("acme", "ann");
    CHECK(check(token) == HandoverCheck::NotNeeded);
    CHECK_FALSE(links().status("org"));
    const AuthResult late = accept(state);
    CHECK(late.outcome == AuthOutcome::AlreadyConnected);
    CHECK_THAT(late.message, Contains("acme, by Ann Admin"));
    CHECK(connections.status("org").connectedBy == "ann");
    CHECK_FALSE(host.hasAlert("org/jira-handover"));
}

TEST_CASE_METHOD(HandoverWorld, "a disconnect and the next connect end the story of a link", "[connection]") {
    const std::string used = link();
    accept(beginWith(used));
    REQUIRE(host.hasAlert("org/jira-handover"));
    SECTION("disconnect") {
        connections.disconnect("org", "ann");
    }
    SECTION("connect") {
        connect("acme", "ann");
    }
    CHECK_FALSE(host.hasAlert("org/jira-handover"));
    CHECK_FALSE(links().status("org"));
    CHECK(check(used) == HandoverCheck::Unknown);
}

TEST_CASE_METHOD(HandoverWorld, "an admin and a holder who finish at the same moment make one connection",
                 "[connection]") {
    const std::string token = link();
    const std::array<std::string, 2> users{"ann", "paul"};
    const std::array<std::string, 2> states{begin("ann"), beginWith(token)};
    // Whoever asks gets the answer of its question: the order among the two is open.
    for (int i = 0; i < 8; ++i) {
        wire->then([](const jira_plugin::jira::HttpRequest& request) {
            const auto has = [&request](const char* part) {
                return request.url.find(part) != std::string::npos;
            };
            const std::string body =
                has("/oauth/token/accessible-resources") ? "[" + siteJson("acme", allSiteScopes) + "]"
                : has("/oauth/token") ? R"({"access_token":"a","refresh_token":"r","expires_in":3600})"
                : has("/myself")      ? R"({"accountId":"712020:ann","displayName":"Ann Admin"})"
                                      : R"({"values":[{"id":"1","key":"PAY","name":"Pay"}],"isLast":true})";
            return jira_plugin::jira::HttpResponse{200, {{"Content-Type", "application/json"}}, body};
        });
    }
    std::array<AuthOutcome, 2> outcomes{};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 2; ++i) {
        threads.emplace_back([&, i] {
            outcomes[i] = finish({{"state", states[i]}, {"code", "c"}}, users[i]).outcome;
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const std::size_t winner = outcomes[0] == AuthOutcome::Connected ? 0 : 1;
    CHECK(outcomes[winner] == AuthOutcome::Connected);
    CHECK(outcomes[1 - winner] == AuthOutcome::AlreadyConnected);
    CHECK(connections.status("org").connectedBy == users[winner]);
    CHECK(host.hasAlert("org/jira-handover") == (winner == 1));
    CHECK(check(token) == (winner == 1 ? HandoverCheck::Done : HandoverCheck::NotNeeded));
}

TEST_CASE_METHOD(HandoverWorld, "of two members who begin at the same moment one gets the link",
                 "[connection]") {
    const std::string token = link();
    const std::array<std::string, 2> users{"paul", "mia"};
    std::array<HandoverCheck, 2> checks{};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 2; ++i) {
        threads.emplace_back([&, i] { checks[i] = links().begin("org", users[i], token).check; });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK((checks[0] == HandoverCheck::Good) != (checks[1] == HandoverCheck::Good));
    CHECK((checks[0] == HandoverCheck::Taken) != (checks[1] == HandoverCheck::Taken));
}

TEST_CASE("a database from before there were links opens with all it holds", "[connection][store]") {
    const test_support::TempDir folder;
    const std::string file = (folder / "jira.db").string();
    {
        Poco::Data::Session session(Poco::AutoPtr<Poco::Data::SessionImpl>(
            new Poco::Data::SQLite::SessionImpl(file, Poco::Data::SessionImpl::LOGIN_TIMEOUT_DEFAULT)));
        store::migrate(session, {store::migrations().front()}, file);
        session << "INSERT INTO connection VALUES ('org', 'cloud', 'connected', 1, 'id-acme', 'https://a', "
                   "'acme', 'acc', 'Ann', '', '', '', 0, 0, 5, 'ann', '', '', '', 0)",
            now;
        session << "INSERT INTO oauth_state VALUES ($1, 'org', 'ann', 1000, 9000, 0, 5)",
            bind(sha256Hex("begun-before")), now;
    }
    store::Database database(file);
    CHECK(ConnectionStore(database).load("org")->siteName == "acme");
    const auto redeemed = OAuthStateStore(database).redeem("begun-before", "org", "ann", 2000);
    CHECK(redeemed.check == StateCheck::Valid);
    CHECK(redeemed.seenConnectedAtMs == 5);
    CHECK(redeemed.handover.empty());
    HandoverStore links(database);
    CHECK(links.find("org", links.issue("org", "ann", 5, 1000))->seenConnectedAtMs == 5);
}
