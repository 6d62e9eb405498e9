#include <catch2/catch.hpp>

#include "connected_host.hpp"

using namespace integration;
using namespace test_support;

namespace {

/// Every finding has its ticket, and nobody has two.
void checkOneTicketEach(const ConnectedHost& world, std::size_t findings) {
    CHECK(world.host.count("created") == static_cast<long long>(findings));
    const auto tickets = ticketsByLabel(world.jira);
    CHECK(tickets.size() == findings);
    for (const auto& [label, count] : tickets) {
        INFO(label);
        CHECK(count == 1);
    }
}

} // namespace

TEST_CASE("an answer that is lost after the issue was created does not create it twice", "[integration]") {
    const ConnectedHost world;
    world.jira.fault("lost-answer,method=POST,path=/issue,times=1");
    const auto finding = world.host.addFindings("payments-api", 1).front();
    world.host.push("payments-api", {finding});
    checkOneTicketEach(world, 1);
    CHECK(eventually(
        [&] { return world.host.timeline(finding).find("found by its label") != std::string::npos; }));
}

TEST_CASE("a bulk answer that is lost, or cut in the middle, creates nothing twice", "[integration]") {
    const auto fault = GENERATE("lost-answer", "truncate");
    CAPTURE(fault);
    const ConnectedHost world;
    world.jira.fault(fault + std::string(",path=/issue/bulk,times=1"));
    world.host.addFindings("payments-api", 60);
    world.host.pushAll("payments-api");
    checkOneTicketEach(world, 60);
}

TEST_CASE("a request that is cut before Jira saw it is sent again once its absence is certain",
          "[integration]") {
    const ConnectedHost world;
    world.jira.fault("cut,method=POST,path=/issue/bulk,times=1");
    world.host.addFindings("payments-api", 10);
    world.host.pushAll("payments-api");
    checkOneTicketEach(world, 10);
}

TEST_CASE("while Jira's index lags, a lost ticket is waited for and not created again", "[integration]") {
    const ConnectedHost world(traced(), {{"jira.push.settle_seconds", "4"}});
    world.jira.fault("index-delay=2500");
    world.jira.fault("lost-answer,method=POST,path=/issue,times=1");
    world.host.addFindings("payments-api", 10);
    world.host.pushAll("payments-api");
    checkOneTicketEach(world, 10);
}

TEST_CASE("answers that are lost again and again lose and double nothing", "[integration]") {
    const ConnectedHost world;
    world.jira.fault("lost-answer,path=/issue,method=POST,probability=0.5,times=4");
    world.jira.fault("cut,path=/issue,method=POST,probability=0.5,times=4");
    world.jira.fault("cut,path=/search/jql,times=1");
    world.host.addFindings("payments-api", 120);
    world.host.pushAll("payments-api", 0);
    CHECK(eventually([&] {
        world.advance(std::chrono::seconds(1)); // the pauses between attempts grow
        return world.host.count("created") == 120;
    }));
    checkOneTicketEach(world, 120);
}
