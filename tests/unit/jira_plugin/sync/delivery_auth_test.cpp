#include "hook_signature.hpp"

#include "sync/delivery_auth.hpp"

#include <catch2/catch.hpp>

using jira_plugin::connection::Secret;
using jira_plugin::sync::isSignedByApp;
using jira_plugin::sync::isSignedWith;
using namespace test_support;

namespace {

constexpr std::int64_t nowMs = 1'700'000'000'000;
const std::string header = R"({"alg":"HS256","typ":"JWT"})";
const std::vector<Secret> secrets{Secret("new secret"), Secret("old secret")};

std::string claims(std::int64_t issuedAfterS, std::int64_t expiresAfterS) {
    return R"({"iat":)" + std::to_string(nowMs / 1000 + issuedAfterS) + R"(,"exp":)" +
           std::to_string(nowMs / 1000 + expiresAfterS) + "}";
}

bool accepts(const std::string& token) {
    return isSignedByApp("Bearer " + token, Secret("new secret"), nowMs);
}

} // namespace

TEST_CASE("a token that the app's secret signed is good", "[sync][auth]") {
    CHECK(accepts(jwt(header, claims(0, 180), "new secret")));
    CHECK(isSignedByApp("bearer " + jwt(header, claims(0, 180), "new secret"), Secret("new secret"), nowMs));
    SECTION("clocks may differ by a minute") {
        CHECK(accepts(jwt(header, claims(-300, -59), "new secret")));
        CHECK(accepts(jwt(header, claims(59, 180), "new secret")));
    }
}

TEST_CASE("any other token is not", "[sync][auth]") {
    const std::string good = jwt(header, claims(0, 180), "new secret");
    CHECK_FALSE(accepts(jwt(header, claims(0, 180), "another secret")));
    CHECK_FALSE(accepts(jwt(header, claims(0, 180), "")));
    CHECK_FALSE(accepts(jwt(header, claims(-300, -61), "new secret")));
    CHECK_FALSE(accepts(jwt(header, claims(61, 180), "new secret")));
    CHECK_FALSE(accepts(jwt(header, R"({"iat":1700000000})", "new secret")));
    CHECK_FALSE(accepts(jwt(header, "[]", "new secret")));
    CHECK_FALSE(accepts(jwt(R"({"alg":"none"})", claims(0, 180), "new secret")));
    CHECK_FALSE(accepts(jwt(R"({"alg":"hs256"})", claims(0, 180), "new secret")));
    CHECK_FALSE(accepts(jwt("{}", claims(0, 180), "new secret")));
    CHECK_FALSE(accepts(good + "."));
    CHECK_FALSE(accepts(good + "x"));
    CHECK_FALSE(accepts(good.substr(0, good.rfind('.') + 1)));
    CHECK_FALSE(accepts(good.substr(0, good.rfind('.'))));
    CHECK_FALSE(accepts(""));
    CHECK_FALSE(accepts(".."));
    CHECK_FALSE(accepts(std::string(100'000, 'a')));
    CHECK_FALSE(isSignedByApp(good, Secret("new secret"), nowMs));
    CHECK_FALSE(isSignedByApp("Basic " + good, Secret("new secret"), nowMs));
    CHECK_FALSE(isSignedByApp("", Secret("new secret"), nowMs));
    CHECK_FALSE(isSignedByApp("Bearer " + jwt(header, claims(0, 180), ""), Secret(""), nowMs));
}

TEST_CASE("X-Hub-Signature is the HMAC of the body", "[sync][auth]") {
    // Atlassian's own example.
    const std::vector<Secret> known{Secret("It's a Secret to Everybody")};
    const std::string signature = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
    CHECK(isSignedWith(signature, "Hello World!", known));
    CHECK(isSignedWith(hubSignature("old secret", "x"), "x", secrets));
    CHECK_FALSE(isSignedWith(signature, "Hello World?", known));
    CHECK_FALSE(isSignedWith(signature, "Hello World!", secrets));
    CHECK_FALSE(isSignedWith("sha1=" + signature.substr(7), "Hello World!", known));
    CHECK_FALSE(isSignedWith(signature.substr(7), "Hello World!", known));
    CHECK_FALSE(isSignedWith(signature.substr(0, signature.size() - 1), "Hello World!", known));
    CHECK_FALSE(isSignedWith("sha256=", "Hello World!", known));
    CHECK_FALSE(isSignedWith("sha256=zz", "Hello World!", known));
    CHECK_FALSE(isSignedWith("", "Hello World!", known));
}
