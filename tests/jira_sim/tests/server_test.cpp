#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include <Poco/Exception.h>
#include <Poco/File.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/TemporaryFile.h>

#include "sim_client.hpp"

using namespace sim_test;

namespace {

std::string firstLine(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

} // namespace

TEST_CASE("only clients that trust the written authority are served", "[server]") {
    Sim sim;
    CHECK(sim.sim("GET", "/health").status == 200);
    Poco::Net::Context::Ptr strict = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "",
                                                            Poco::Net::Context::VERIFY_STRICT, 9, true);
    Poco::Net::HTTPSClientSession session("127.0.0.1", sim.server.port(), strict);
    Poco::Net::HTTPRequest request("GET", "/_sim/health");
    Poco::Net::HTTPResponse response;
    CHECK_THROWS_AS(session.sendRequest(request), Poco::Exception);
    CHECK(firstLine(sim.server.caFile()) == "-----BEGIN CERTIFICATE-----");
}

TEST_CASE("a taken port and an unwritable file are explained", "[server]") {
    Sim sim;
    jira_sim::Config config;
    config.port = sim.server.port();
    CHECK_THROWS_WITH(jira_sim::Server(config).start(), Catch::Contains("choose another port with --port"));
    jira_sim::Config unwritable;
    unwritable.caOut = "/nonexistent/ca.pem";
    CHECK_THROWS_WITH(jira_sim::Server(unwritable).start(), Catch::Contains("--ca-out"));
    jira_sim::Config trace;
    trace.traceFile = "/nonexistent/trace";
    CHECK_THROWS_WITH([&] { jira_sim::Server server(trace); }(), Catch::Contains("--trace"));
}

TEST_CASE("stopping closes idle and silent connections at once and removes the temporary authority",
          "[server]") {
    std::string caFile;
    {
        Sim sim;
        sim.sim("GET", "/health"); // leaves a kept-alive connection open
        Poco::Net::StreamSocket silent(Poco::Net::SocketAddress("127.0.0.1", sim.server.port()));
        caFile = sim.server.caFile();
        const auto started = std::chrono::steady_clock::now();
        sim.server.stop();
        CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(5));
        sim.server.stop();
    }
    CHECK_FALSE(Poco::File(caFile).exists());
}

TEST_CASE("many connections create at once without losing or doubling a key", "[server]") {
    Sim sim;
    sim.connect();
    constexpr int threads = 8, each = 10;
    std::vector<std::thread> workers;
    workers.reserve(threads);
    const std::string path = "/ex/jira/" + sim.cloudId() + "/rest/api/3/issue";
    for (int t = 0; t < threads; ++t)
        workers.emplace_back([&] {
            Poco::Net::Context::Ptr context = new Poco::Net::Context(
                Poco::Net::Context::TLS_CLIENT_USE, sim.server.caFile(), Poco::Net::Context::VERIFY_STRICT);
            Poco::Net::HTTPSClientSession session("127.0.0.1", sim.server.port(), context);
            session.setKeepAlive(true);
            const std::string body =
                R"({"fields":{"project":{"key":"PAY"},"issuetype":{"name":"Bug"},"summary":"x"}})";
            for (int i = 0; i < each; ++i) {
                Poco::Net::HTTPRequest request("POST", path, "HTTP/1.1");
                request.set("Authorization", "Bearer " + sim.accessToken);
                request.setContentType("application/json");
                request.setContentLength(static_cast<std::streamsize>(body.size()));
                session.sendRequest(request) << body;
                Poco::Net::HTTPResponse response;
                session.receiveResponse(response).ignore(1 << 20);
            }
        });
    for (std::thread& worker : workers)
        worker.join();
    CHECK(sim.sim("GET", "/issues").textAt("total") == std::to_string(threads * each));
    CHECK(sim.sim("GET", "/issues/PAY-" + std::to_string(threads * each)).status == 200);
    CHECK(sim.sim("GET", "/issues/PAY-" + std::to_string(threads * each + 1)).status == 404);
}

TEST_CASE("the program says where it listens, writes port and authority, and ends on SIGTERM", "[server]") {
    const std::string base = Poco::TemporaryFile::tempName();
    const std::string port = base + ".port", ca = base + ".ca", out = base + ".out";
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (std::freopen(out.c_str(), "w", stdout) == nullptr)
            ::_exit(126);
        ::execl(JIRA_SIM_PROGRAM, "jira_sim", "--port", "0", "--port-file", port.c_str(), "--ca-out",
                ca.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    for (int i = 0; i < 500 && firstLine(out).empty(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(firstLine(out) == "jira_sim listening on https://127.0.0.1:" + firstLine(port));
    CHECK(firstLine(ca) == "-----BEGIN CERTIFICATE-----");
    ::kill(child, SIGTERM);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    for (const std::string& file : {port, ca, out})
        std::remove(file.c_str());
}
