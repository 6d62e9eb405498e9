#include "server_world.hpp"

#include <catch2/catch.hpp>

namespace jira_plugin::connection {

void ServerWorld::thenServerInfo(const std::string& version, const std::string& baseUrl,
                                 jira::Headers headers) {
    wire->then(200,
               R"({"baseUrl":")" + baseUrl + R"(","version":")" + version +
                   R"(","deploymentType":"Server","serverTitle":"Jira"})",
               std::move(headers));
}

void ServerWorld::thenForm(int status, const std::string& body) {
    wire->then([=](const jira::HttpRequest&) {
        return jira::HttpResponse{status, {{"Content-Type", "text/plain;charset=UTF-8"}}, body};
    });
}

void ServerWorld::thenRequestToken(const std::string& token) {
    thenForm(200,
             "oauth_token=" + token + "&oauth_token_secret=request-secret&oauth_callback_confirmed=true");
}

void ServerWorld::thenAccessToken(const std::string& token, const std::string& seconds) {
    thenForm(200, "oauth_token=" + token + "&oauth_token_secret=secret-of-" + token +
                      "&oauth_expires_in=" + seconds + "&oauth_session_handle=handle-of-" + token +
                      "&oauth_authorization_expires_in=160272000");
}

void ServerWorld::thenServerAccount(int projects) {
    wire->then(200, R"({"name":"ann","key":"JIRAUSER1","displayName":"Ann Admin","active":true})");
    wire->then(200, projects == 0 ? "[]" : R"([{"id":"10000","key":"PAY","name":"Payments"}])");
}

std::string ServerWorld::verify(const std::string& user, const std::string& token) {
    thenServerInfo();
    thenRequestToken(token);
    return authorization().verify("org", user, jiraUrl).authorizeUrl;
}

AuthResult ServerWorld::connectServer(const std::string& token) {
    verify("ann", token);
    thenAccessToken();
    thenServerAccount();
    return back({{"oauth_token", token}, {"oauth_verifier", "v"}});
}

std::string ServerWorld::problem(const std::string& url) {
    try {
        authorization().verify("org", "ann", url);
    } catch (const ServerProblem& problem) {
        REQUIRE_FALSE(problem.causes().empty());
        CHECK_FALSE(std::string(problem.what()).empty());
        for (const auto& each : problem.causes()) {
            CHECK_FALSE(each.cause.empty());
            CHECK_FALSE(each.fix.empty());
        }
        return problem.code();
    }
    return "none";
}

std::string authorizationOf(const jira::HttpRequest& request) {
    for (const auto& [name, value] : request.headers) {
        if (name == "Authorization") {
            return value;
        }
    }
    return {};
}

} // namespace jira_plugin::connection
