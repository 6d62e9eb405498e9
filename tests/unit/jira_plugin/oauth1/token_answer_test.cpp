#include "oauth1/token_answer.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin;
using namespace jira_plugin::oauth1;

namespace {

jira::HttpResponse answer(int status, const std::string& body, const std::string& type = "text/plain") {
    return {status, {{"Content-Type", type}}, body};
}

} // namespace

TEST_CASE("oauth1: a request token is read", "[oauth1]") {
    const auto token =
        readToken(answer(200, "oauth_token=a%2Fb&oauth_token_secret=s%3D&oauth_callback_confirmed=true\n"));
    REQUIRE(token);
    CHECK(token->token.reveal() == "a/b");
    CHECK(token->secret.reveal() == "s=");
    CHECK(token->callbackConfirmed);
    CHECK(token->sessionHandle.empty());
    CHECK_FALSE(token->lifetimeMs);
}

TEST_CASE("oauth1: an access token is read with how long it is good", "[oauth1]") {
    const auto token = readToken(answer(200,
                                        "oauth_token=t&oauth_token_secret=s&oauth_expires_in=157680000"
                                        "&oauth_session_handle=h&oauth_authorization_expires_in=160272000",
                                        "application/x-www-form-urlencoded;charset=UTF-8"));
    REQUIRE(token);
    CHECK(token->lifetimeMs == 157'680'000'000);
    CHECK(token->renewableForMs == 160'272'000'000);
    CHECK(token->sessionHandle.reveal() == "h");
    CHECK_FALSE(token->callbackConfirmed);
}

TEST_CASE("oauth1: a lifetime that makes no sense is not believed", "[oauth1]") {
    for (const char* text : {"", "soon", "-1", "0", "99999999999999999999"}) {
        CAPTURE(text);
        const auto token = readToken(answer(200, std::string("oauth_token=t&oauth_expires_in=") + text));
        REQUIRE(token);
        CHECK_FALSE(token->lifetimeMs);
    }
    const auto token = readToken(answer(200, "oauth_token=t&oauth_expires_in=9223372036854775807"));
    REQUIRE(token);
    CHECK(token->lifetimeMs.value_or(0) > 0);
}

TEST_CASE("oauth1: what is no token is not taken for one", "[oauth1]") {
    CHECK_FALSE(readToken(answer(200, "")));
    CHECK_FALSE(readToken(answer(200, "oauth_token=")));
    CHECK_FALSE(readToken(answer(200, "oauth_problem=token_rejected")));
    CHECK_FALSE(readToken(answer(401, "oauth_token=t")));
    CHECK_FALSE(readToken(answer(302, "oauth_token=t")));
    CHECK_FALSE(readToken(answer(200, "<html>&oauth_token=t&</html>", "text/html")));
    CHECK_FALSE(readToken(answer(200, "  <html>&oauth_token=t&</html>", "text/plain")));
    CHECK_FALSE(readToken(answer(200, "{\"a\":\"&oauth_token=t&\"}", "application/json")));
}
