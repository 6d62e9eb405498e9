#include <catch2/catch.hpp>

#include "gate.hpp"
#include "simulator.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocket.h>

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

TEST_CASE("bad weather in the gate ends connections in its own way, and passes", "[support]") {
    const Simulator jira;
    Gate gate;
    gate.leadTo(jira.url());
    HttpClient through(gate.url(), jira.caFile());
    Weather weather;
    weather.latestByte = 100; // in the middle of the greeting of TLS
    SECTION("cut") {
        weather.cut = 1;
    }
    SECTION("spoilt") {
        weather.spoil = 1;
    }
    SECTION("refused") {
        weather.refuse = 1;
    }
    gate.setWeather(weather);
    CHECK_THROWS_AS(through.get("/_sim/faults"), Poco::Exception);

    weather = Weather();
    weather.delay = std::chrono::milliseconds(1);
    gate.setWeather(weather);
    CHECK(through.get("/_sim/faults").status == 200);
}

TEST_CASE("a connection that fell silent ends when the weather changes", "[support]") {
    const Simulator jira;
    Gate gate(jira.url());
    Weather weather;
    weather.silence = 1;
    weather.latestByte = 0;
    gate.setWeather(weather);
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress(gate.url().substr(gate.url().find("//") + 2)));
    const char byte = 'x';
    socket.sendBytes(&byte, 1);
    CHECK_FALSE(socket.poll(Poco::Timespan(0, 50'000), Poco::Net::Socket::SELECT_READ));
    gate.setWeather(Weather());
    CHECK(socket.poll(Poco::Timespan(30, 0), Poco::Net::Socket::SELECT_READ));
}

TEST_CASE("a simulator says what it refuses instead of doing nothing", "[support]") {
    const Simulator jira;
    CHECK_THROWS_WITH(jira.fault("lost-anser"), Catch::Contains("no kind 'lost-anser'"));
    CHECK(jira.issues().empty());
    CHECK(jira.requests() == 0);
}
