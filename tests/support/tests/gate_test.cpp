#include <catch2/catch.hpp>

#include "gate.hpp"
#include "simulator.hpp"

#include <Poco/Exception.h>

using namespace test_support;

TEST_CASE("a closed gate refuses connections, an open one passes them on, and what is behind keeps its state",
          "[support]") {
    const Simulator jira;
    Gate gate(jira.url());
    HttpClient through(gate.url(), jira.caFile());
    jira.fault("status=503,path=/nowhere");
    CHECK(through.get("/_sim/faults").json()["faults"].size() == 1);

    gate.close();
    CHECK_THROWS_AS(through.get("/_sim/faults"), Poco::Exception);
    CHECK_THROWS_AS(through.get("/_sim/faults"), Poco::Exception);

    gate.open();
    CHECK(through.get("/_sim/faults").json()["faults"].size() == 1);
}

TEST_CASE("a simulator says what it refuses instead of doing nothing", "[support]") {
    const Simulator jira;
    CHECK_THROWS_WITH(jira.fault("lost-anser"), Catch::Contains("no kind 'lost-anser'"));
    CHECK(jira.issues().empty());
    CHECK(jira.requests() == 0);
}
