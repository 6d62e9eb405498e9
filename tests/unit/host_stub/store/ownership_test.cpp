#include <catch2/catch.hpp>

#include "store/ownership_store.hpp"
#include "world.hpp"

using namespace aspm::host;
using host_tests::World;

TEST_CASE("the first ownership policy that matches path and rule counts", "[ownership]") {
    const std::vector<OwnershipPolicy> policies{
        {"src/net/**", "", "net"}, {"", "sql-*", "data"}, {"src/**", "xss", "web"}, {"", "", "rest"}};
    auto owner = [&](const std::string& path, const std::string& rule) {
        return matchOwnership(policies, path, rule)->user;
    };
    CHECK(owner("src/net/a.c", "sql-injection") == "net");
    CHECK(owner("src/db/a.c", "sql-injection") == "data");
    CHECK(owner("src/ui/a.c", "xss") == "web");
    CHECK(owner("lib/ui/a.c", "xss") == "rest");
    CHECK(matchOwnership({}, "a.c", "x") == nullptr);
    CHECK(matchOwnership({{"b.c", "", "b"}}, "a.c", "x") == nullptr);
}

TEST_CASE("a finding's owner is a member of its organisation, or nobody", "[ownership]") {
    World world;
    OwnershipStore ownership(world.database, world.directory);
    std::string finding = world.addFinding("one", "src/net/a.c");
    CHECK_FALSE(ownership.owner("acme", finding));
    ownership.replace("acme", {{"lib/**", "", "alice"}, {"src/**", "", "mia"}});
    REQUIRE(ownership.owner("acme", finding));
    CHECK(ownership.owner("acme", finding)->user == "mia");
    world.directory.removeUser("acme", "mia");
    CHECK_FALSE(ownership.owner("acme", finding));
    CHECK_THROWS_AS(ownership.owner("acme", "F-9999999"), ServiceError);
}

TEST_CASE("policies that name a stranger change nothing", "[ownership]") {
    World world;
    OwnershipStore ownership(world.database, world.directory);
    ownership.replace("acme", {{"src/**", "", "mia"}});
    CHECK_THROWS_WITH(ownership.replace("acme", {{"", "", "alice"}, {"lib/**", "", "nobody"}}),
                      Catch::Contains("nobody"));
    REQUIRE(ownership.policies("acme").size() == 1);
    CHECK(ownership.policies("acme")[0].user == "mia");
}
