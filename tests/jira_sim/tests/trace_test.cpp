#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>
#include <thread>

#include <Poco/Exception.h>
#include <Poco/File.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/TemporaryFile.h>

#include "http/redact.hpp"
#include "http/trace.hpp"
#include "sim_client.hpp"

using namespace sim_test;

namespace {

struct TraceFile {
    const std::string path = Poco::TemporaryFile::tempName();
    ~TraceFile() {
        Poco::File file(path);
        if (file.exists())
            file.remove();
    }
    jira_sim::Config config() const {
        jira_sim::Config config;
        config.traceFile = path;
        return config;
    }
    std::string text() const {
        std::ifstream in(path);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    std::vector<json::ObjectPtr> lines() const {
        std::vector<json::ObjectPtr> list;
        std::istringstream in(text());
        for (std::string line; std::getline(in, line);)
            list.push_back(json::asObject(json::parse(line)));
        return list;
    }
};

} // namespace

TEST_CASE("the trace tells method, path, headers, bodies and status of every request", "[trace]") {
    TraceFile file;
    Sim sim(file.config());
    sim.create("{\"summary\": \"line\",\n \"labels\": [\"a\"]}");
    const json::ObjectPtr last = file.lines().back();
    CHECK(json::memberString(last, "method") == "POST");
    CHECK(json::memberString(last, "route") == "POST /rest/api/3/issue");
    CHECK(json::memberString(last, "path") == "/ex/jira/" + sim.cloudId() + "/rest/api/3/issue");
    CHECK(last->get("status").convert<int>() == 201);
    json::ObjectPtr body = json::asObject(last->get("requestBody"));
    CHECK(json::memberString(json::asObject(body->get("fields")), "summary") == "line");
    CHECK(json::memberString(json::asObject(last->get("responseBody")), "key") == "PAY-1");
    CHECK(json::memberString(json::asObject(last->get("headers")), "Authorization") == "[redacted]");
    CHECK(json::memberString(json::asObject(last->get("responseHeaders")), "Content-Type") ==
          "application/json;charset=UTF-8");
}

TEST_CASE("no token, code or client secret reaches the trace", "[trace]") {
    TraceFile file;
    Sim sim(file.config());
    const Answer page = sim.request("GET", sim.authorizeUrl());
    const std::string mark = "name=\"consent\" value=\"";
    const std::size_t start = page.text.find(mark) + mark.size();
    const Answer back =
        sim.request("POST", "/authorize", "decision=accept&consent=" + page.text.substr(start, 32),
                    {{"Content-Type", "application/x-www-form-urlencoded"}});
    const std::string code = queryValue(back.headers.at("Location"), "code");
    REQUIRE_FALSE(code.empty());
    const Answer tokens = sim.exchange(code);
    sim.accessToken = tokens.textAt("access_token");
    sim.api("GET", "/myself");
    sim.request("GET", "/oauth/token/accessible-resources", "",
                {{"Authorization", "Bearer " + sim.accessToken}, {"Cookie", "cookie-value"}});
    const Answer refreshed = sim.refresh(tokens.textAt("refresh_token"));
    sim.request("POST", "/oauth/token", "broken " + code);
    sim.request("POST", "/oauth/token", "client_secret=sim-secret&code=" + code,
                {{"Content-Type", "application/x-www-form-urlencoded"}});
    sim.request("GET", "/authorize?code=" + code);

    const std::string text = file.text();
    REQUIRE(file.lines().size() >= 8);
    for (const std::string& secret :
         {code, sim.accessToken, tokens.textAt("refresh_token"), refreshed.textAt("access_token"),
          refreshed.textAt("refresh_token"), std::string("sim-secret"), std::string("cookie-value")}) {
        INFO(secret.substr(0, 20));
        CHECK(text.find(secret) == std::string::npos);
    }
    CHECK(text.find("\"client_id\":\"sim-client\"") != std::string::npos);
    CHECK(text.find("\"grant_type\":\"refresh_token\"") != std::string::npos);
}

TEST_CASE("lines stay whole when many write at once, whatever they send", "[trace]") {
    TraceFile file;
    jira_sim::Trace trace(file.path);
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 100; ++i) {
                jira_sim::Request request;
                request.method = "POST";
                request.target = request.path = "/x\"\n\xff";
                request.body = "\xff\x01 \n no json";
                request.headers = {{"Content-Type", "application/json"}};
                trace.record(request, jira_sim::Response::json(200, json::object()), "r", 0, 1);
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(file.lines().size() == 400);
    CHECK(trace.counts().at("r") == 400);
    trace.clear();
    CHECK(file.text().empty());
    CHECK(trace.counts().empty());
}

TEST_CASE("a request whose connection ends before its body is none", "[trace]") {
    TraceFile file;
    Sim sim(file.config());
    Poco::Net::Context::Ptr context = new Poco::Net::Context(
        Poco::Net::Context::TLS_CLIENT_USE, sim.server.caFile(), Poco::Net::Context::VERIFY_STRICT);
    Poco::Net::HTTPSClientSession session("127.0.0.1", sim.server.port(), context);
    Poco::Net::HTTPRequest request("POST", "/ex/jira/" + sim.cloudId() + "/rest/api/3/issue", "HTTP/1.1");
    request.setContentType("application/json");
    request.setContentLength(100);
    session.sendRequest(request) << R"({"fields":)" << std::flush;
    session.socket().shutdownSend();
    Poco::Net::HTTPResponse response;
    CHECK_THROWS_AS(session.receiveResponse(response), Poco::Exception);
    sim.server.stop();
    CHECK(file.text().empty());
}

TEST_CASE("lost answers are marked in the trace", "[trace]") {
    TraceFile file;
    Sim sim(file.config());
    sim.connect();
    sim.fault("lost-answer,method=POST,times=1");
    CHECK_THROWS(sim.create());
    CHECK(json::memberString(file.lines().back(), "delivery") == "cut");
    CHECK(file.lines().back()->get("status").convert<int>() == 201);
}

TEST_CASE("redaction keeps what is no secret", "[trace]") {
    namespace redact = jira_sim::redact;
    CHECK(redact::target("/a?code=1&state=2") == "/a?code=[redacted]&state=2");
    CHECK(redact::header("authorization", "Bearer x") == "[redacted]");
    CHECK(redact::header("Accept", "x") == "x");
    CHECK(json::text(redact::document(
              json::parse(R"({"code":401,"a":[{"client_secret":"s"}],"u":"https://h/?code=c"})"))) ==
          R"({"a":[{"client_secret":"[redacted]"}],"code":401,"u":"https://h/?code=[redacted]"})");
}
