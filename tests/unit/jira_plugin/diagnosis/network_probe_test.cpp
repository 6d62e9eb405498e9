#include <catch2/catch.hpp>

#include "../jira/scripted_server.hpp"

#include "diagnosis/network_probe.hpp"

#include "server.hpp"

#include <chrono>

using namespace jira_plugin;
using Catch::Matchers::Contains;
using Kind = jira::TransportError::Kind;

namespace {

/// The stand-in Jira Cloud in this process.
class Atlassian : public jira_sim::Server {
public:
    Atlassian() : Server(jira_sim::Config{}) { start(); }
};

jira::TransportOptions trusting(const std::string& caFile) {
    jira::TransportOptions options;
    options.caFile = caFile;
    options.allowHttp = true;
    return options;
}

template <class Step> std::optional<Kind> failure(Step&& step) {
    try {
        step();
    } catch (const jira::TransportError& error) {
        CHECK_FALSE(error.remedy().empty());
        return error.kind();
    }
    return std::nullopt;
}

} // namespace

TEST_CASE("the way to a server is taken step by step", "[diagnosis]") {
    const Atlassian atlassian;
    diagnosis::NetworkProbe probe(trusting(atlassian.caFile()));
    CHECK(probe.addresses(atlassian.url()) == std::vector<std::string>{"127.0.0.1"});
    probe.connect(atlassian.url());
    const auto facts = probe.tls(atlassian.url());
    CHECK(facts.cause == "");
    CHECK_FALSE(facts.subject.empty());
    CHECK_FALSE(facts.issuer.empty());
    const auto nowMs = std::chrono::duration_cast<std::chrono::milliseconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count();
    CHECK(facts.notAfterMs > nowMs);
    CHECK(std::abs(probe.serverTimeMs(atlassian.url()) - nowMs) < 60'000);
}

TEST_CASE("a certificate of an authority that is not trusted is named", "[diagnosis]") {
    const Atlassian atlassian;
    const Atlassian other;
    diagnosis::NetworkProbe probe(trusting(other.caFile()));
    const auto facts = probe.tls(atlassian.url());
    CHECK_THAT(facts.cause, Contains("not signed by an authority this platform trusts"));
    CHECK_THAT(facts.refused, Contains("issued by"));
    CHECK(failure([&] { probe.serverTimeMs(atlassian.url()); }) == Kind::Tls);
}

TEST_CASE("addresses that the plugin may not reach are refused to the checks, too", "[diagnosis]") {
    diagnosis::NetworkProbe probe(trusting(""));
    const std::string metadata = "https://169.254.169.254";
    CHECK(failure([&] { probe.addresses(metadata); }) == Kind::Policy);
    CHECK(failure([&] { probe.connect(metadata); }) == Kind::Policy);
    CHECK(failure([&] { probe.tls(metadata); }) == Kind::Policy);
    CHECK(failure([&] { probe.serverTimeMs(metadata); }) == Kind::Policy);
    CHECK(failure([&] { probe.addresses("file:///etc/passwd"); }) == Kind::Policy);
}

TEST_CASE("a port where nobody listens refuses, and a stop ends everything", "[diagnosis]") {
    std::string url;
    {
        const jira::ScriptedServer gone({[](Poco::Net::StreamSocket&) {}});
        url = gone.url();
    }
    diagnosis::NetworkProbe probe(trusting(""));
    CHECK(failure([&] { probe.connect(url); }) == Kind::Connect);

    const jira::ScriptedServer server(
        {[](Poco::Net::StreamSocket& socket) { jira::ScriptedServer::readRequest(socket); }});
    probe.connect(server.url());
    probe.stop();
    CHECK(failure([&] { probe.connect(server.url()); }) == Kind::Stopped);
    CHECK(failure([&] { probe.serverTimeMs(server.url()); }) == Kind::Stopped);
}
