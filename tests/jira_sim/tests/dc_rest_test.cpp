#include <cstdio>
#include <fstream>
#include <iterator>

#include <Poco/TemporaryFile.h>
#include <catch2/catch.hpp>

#include "dc_client.hpp"

using namespace sim_test;

namespace {

std::map<std::string, std::string> password(const std::string& base64) {
    return {{"Authorization", "Basic " + base64}};
}

const std::string samRight = "c3JpdmVyYTpzaW0tcGFzc3dvcmQ="; // srivera:sim-password
const std::string samWrong = "c3JpdmVyYTpndWVzcw==";         // srivera:guess

} // namespace

TEST_CASE("nobody is told so in JSON, and may ask for the version", "[dc][rest]") {
    DcSim sim;
    const Answer self = sim.request("GET", "/rest/api/2/myself");
    CHECK(self.status == 401);
    CHECK(self.text ==
          R"({"message":"Client must be authenticated to access this resource.","status-code":401})");
    CHECK(self.headers.at("WWW-Authenticate").find("OAuth realm=\"https%3A%2F%2F127.0.0.1") == 0);
    CHECK(sim.request("GET", "/rest/api/2/serverInfo").status == 200);
    CHECK(sim.request("GET", "/rest/api/2/project").text == "[]");
    CHECK(sim.request("GET", "/rest/api/2/search?jql=project%3DPAY").textAt("total") == "0");
    const Answer issue = sim.request("GET", "/rest/api/2/issue/" + sim.issueKey());
    CHECK(issue.status == 401);
    CHECK(issue.textAt("errorMessages.1") == "Login Required");
}

TEST_CASE("a password works, a wrong one is refused with a page, three lead to the CAPTCHA", "[dc][rest]") {
    DcSim sim;
    CHECK(sim.request("GET", "/rest/api/2/myself", {}, password(samRight)).textAt("name") == "srivera");
    for (int i = 0; i < 3; ++i) {
        const Answer wrong = sim.request("GET", "/rest/api/2/myself", {}, password(samWrong));
        CHECK(wrong.status == 401);
        CHECK(wrong.contentType == "text/html;charset=UTF-8");
        CHECK(wrong.headers.at("X-Seraph-LoginReason") == "AUTHENTICATED_FAILED");
    }
    const Answer locked = sim.request("GET", "/rest/api/2/myself", {}, password(samRight));
    CHECK(locked.status == 403);
    CHECK(locked.headers.at("X-Authentication-Denied-Reason").find("CAPTCHA_CHALLENGE; login-url=https://") ==
          0);
    CHECK(sim.request("GET", "/rest/api/2/myself", {}, {{"Authorization", "Bearer token"}}).status == 401);
    for (const char* credentials : {"", "!", "c3J", "OnNpbQ=="})
        CHECK(sim.request("GET", "/rest/api/2/myself", {}, password(credentials)).status == 401);
}

TEST_CASE("the captcha and sign-on faults come before everything", "[dc][rest]") {
    DcSim sim;
    sim.connectAs();
    sim.fault("captcha,times=1");
    CHECK(sim.rest("GET", "/myself").headers.at("X-Seraph-LoginReason") == "AUTHENTICATION_DENIED");
    sim.fault("html-200,times=1,path=/rest/api/3");
    const Answer page = sim.request("GET", "/rest/api/3/myself");
    CHECK(page.status == 200);
    CHECK(page.contentType == "text/html;charset=UTF-8");
}

TEST_CASE("version 3 leads to the log-in page, other paths to nothing", "[dc][rest]") {
    jira_sim::Config config;
    config.contextPath = "/jira";
    DcSim sim("9.12", config);
    const Answer three = sim.request("GET", "/jira/rest/api/3/myself?expand=groups");
    CHECK(three.status == 302);
    CHECK(three.headers.at("Location") ==
          "/jira/"
          "login.jsp?permissionViolation=true&os_destination=%2Frest%2Fapi%2F3%2Fmyself%3Fexpand%3Dgroups");
    CHECK(sim.request("GET", "/jira/login.jsp").contentType == "text/html;charset=UTF-8");
    const Answer unknown = sim.rest("GET", "/nothing");
    CHECK(unknown.status == 404);
    CHECK(unknown.textAt("message").find("null for uri: https://127.0.0.1") == 0);
    CHECK(sim.rest("DELETE", "/myself").status == 405);
    CHECK(sim.signedRequest("GET", "/rest/api/latest/serverInfo").status == 401); // no token in it
    CHECK(sim.request("GET", "/jira/rest/api/latest/serverInfo").status == 200);
    const Answer outside = sim.request("GET", "/rest/api/2/serverInfo");
    CHECK(outside.status == 404);
    CHECK(outside.text.find("Apache Tomcat") != std::string::npos);
    CHECK(sim.sim("GET", "/health").textAt("url") == sim.server.url() + "/jira");
    CHECK(sim.request("GET", "/jira/rest/api/2/serverInfo").textAt("baseUrl") == sim.server.url() + "/jira");
}

TEST_CASE("every authenticated answer has the headers of the rate limit", "[dc][rest]") {
    DcSim sim;
    sim.connectAs();
    for (const char* path : {"/myself", "/issue/NONE-1", "/nothing"}) {
        const Answer answer = sim.rest("GET", path);
        INFO(path);
        CHECK(answer.headers.at("X-RateLimit-Limit") == "1000");
        CHECK(answer.headers.at("X-RateLimit-FillRate") == "1000");
        CHECK(answer.headers.at("X-RateLimit-Interval-Seconds") == "1");
        CHECK(answer.headers.at("Retry-After") == "0");
        CHECK(answer.headers.at("X-AUSERNAME") == "srivera");
    }
    CHECK(sim.request("GET", "/rest/api/2/serverInfo").headers.count("X-RateLimit-Limit") == 0);
}

TEST_CASE("an empty bucket answers 429 with a page until it is filled", "[dc][rest]") {
    jira_sim::Config config;
    config.rateLimit = {2, 1, 60};
    DcSim sim("10.3", config);
    CHECK(sim.rest("GET", "/myself").headers.at("X-RateLimit-Remaining") == "1");
    CHECK(sim.rest("GET", "/myself").headers.at("Retry-After") != "0");
    const Answer limited = sim.rest("GET", "/myself");
    CHECK(limited.status == 429);
    CHECK(limited.contentType == "text/html;charset=UTF-8");
    CHECK(limited.text.find("Rate limit exceeded.") != std::string::npos);
    CHECK(std::stoi(limited.headers.at("Retry-After")) > 0);
    const std::string sam = sim.token;
    sim.connectAs("priya"); // each has a bucket
    CHECK(sim.rest("GET", "/myself").status == 200);
    sim.token = sam;
    sim.server.world().clock().advanceMs(60'000);
    CHECK(sim.rest("GET", "/myself").status == 200);
}

TEST_CASE("failures are pages of Tomcat", "[dc][rest]") {
    DcSim sim;
    sim.connectAs();
    sim.fault("status=503,times=1");
    const Answer down = sim.rest("GET", "/myself");
    CHECK(down.status == 503);
    CHECK(down.text.find("HTTP Status 503") != std::string::npos);
    sim.fault("status=429:7,times=1");
    CHECK(sim.rest("GET", "/myself").headers.at("Retry-After") == "7");
}

TEST_CASE("bodies must be JSON, and writes must not come from a browser", "[dc][rest]") {
    DcSim sim;
    CHECK(sim.rest("POST", "/issue", "{").textAt("errorMessages.0").find("Unexpected character") == 0);
    CHECK(sim.rest("POST", "/issue", "").status == 415);
    const Answer forged = sim.request("POST", "/rest/api/2/issue", "{}", {{"User-Agent", "Mozilla/5.0"}});
    CHECK(forged.status == 403);
    CHECK(forged.text == "XSRF check failed");
}

TEST_CASE("the trace keeps no secret of OAuth 1.0a", "[dc][rest]") {
    jira_sim::Config config;
    config.traceFile = Poco::TemporaryFile::tempName();
    DcSim sim("10.3", config);
    Signing inQuery;
    inQuery.inQuery = true;
    sim.rest("GET", "/myself", {}, inQuery);
    sim.renew();
    std::ifstream in(config.traceFile);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    CHECK(text.find("\"route\":\"POST /plugins/servlet/oauth/access-token\"") != std::string::npos);
    CHECK(text.find(sim.token) == std::string::npos);
    CHECK(text.find(sim.sessionHandle) == std::string::npos);
    std::remove(config.traceFile.c_str());
}
