#include "oauth1/signer.hpp"

#include "oauth1/base_string.hpp"
#include "oauth1/handshake.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace jira_plugin;
using namespace jira_plugin::oauth1;

namespace {

const RsaKey& sampleKey() {
    static const RsaKey key = RsaKey::generate();
    return key;
}

constexpr std::int64_t now = 1'700'000'000'999;

Signer signer(const std::string& realm = {}) {
    return {"mayo-aspm", sampleKey(), [] { return now; }, realm, [] { return std::string("n0nce"); }};
}

jira::HttpRequest get(const std::string& url) {
    jira::HttpRequest request;
    request.url = url;
    return request;
}

} // namespace

TEST_CASE("oauth1: the header holds the protocol's parameters and a signature of them", "[oauth1]") {
    const auto request = get("https://jira.example.com/rest/api/2/user?username=x");
    const Signature signature = signer().sign(request, {{"oauth_token", "t/k=n"}});
    const Parameters parameters{
        {"oauth_consumer_key", "mayo-aspm"}, {"oauth_nonce", "n0nce"}, {"oauth_signature_method", "RSA-SHA1"},
        {"oauth_timestamp", "1700000000"},   {"oauth_version", "1.0"}, {"oauth_token", "t/k=n"}};
    CHECK(signature.baseString == signatureBaseString(request, parameters));
    CHECK(signature.baseString.find("username%3Dx") != std::string::npos);
    CHECK(
        signature.authorization ==
        "OAuth oauth_consumer_key=\"mayo-aspm\", oauth_nonce=\"n0nce\", oauth_signature_method=\"RSA-SHA1\", "
        "oauth_timestamp=\"1700000000\", oauth_version=\"1.0\", oauth_token=\"t%2Fk%3Dn\", "
        "oauth_signature=\"" +
            percentEncoded(sampleKey().signatureOf(signature.baseString)) + "\"");
}

TEST_CASE("oauth1: a realm is quoted and not signed", "[oauth1]") {
    const auto request = get("https://h/");
    const Signature with = signer("a \"b\\c\"\r\nX: y").sign(request, {});
    CHECK(with.authorization.rfind(R"(OAuth realm="a \"b\\c\"X: y", oauth_consumer_key=)", 0) == 0);
    CHECK(with.baseString == signer().sign(request, {}).baseString);
}

TEST_CASE("oauth1: no parameter can break out of the header", "[oauth1]") {
    const std::string header =
        signer().sign(get("https://h/"), {{"oauth_token", "\",\r\nX: y\\"}}).authorization;
    CHECK(header.find_first_of("\r\n\\") == std::string::npos);
    CHECK(header.find("oauth_token=\"%22%2C%0D%0AX%3A%20y%5C\"") != std::string::npos);
}

TEST_CASE("oauth1: every nonce has 128 bits and comes once", "[oauth1]") {
    std::set<std::string> nonces;
    for (int i = 0; i < 1000; ++i) {
        const std::string nonce = newNonce();
        CHECK(nonce.size() == 32);
        CHECK(nonce.find_first_not_of("0123456789abcdef") == std::string::npos);
        nonces.insert(nonce);
    }
    CHECK(nonces.size() == 1000);
}

TEST_CASE("oauth1: a request that is sent again is signed anew", "[oauth1]") {
    const Signer fresh("key", sampleKey(), [] { return now; });
    CHECK(fresh.sign(get("https://h/"), {}).authorization != fresh.sign(get("https://h/"), {}).authorization);
}

TEST_CASE("oauth1: the requests of the handshake", "[oauth1]") {
    const std::string base = "https://jira.example.com/jira";
    const auto first = requestTokenRequest(base, "https://aspm.example.com/back?x=1");
    CHECK(first.request.method == "POST");
    CHECK(first.request.url == base + "/plugins/servlet/oauth/request-token");
    CHECK(first.parameters == Parameters{{"oauth_callback", "https://aspm.example.com/back?x=1"}});
    CHECK(authorizeUrl(base, "a&b=c") == base + "/plugins/servlet/oauth/authorize?oauth_token=a%26b%3Dc");
    const auto second = accessTokenRequest(base, "token", "verifier");
    CHECK(second.request.url == base + "/plugins/servlet/oauth/access-token");
    CHECK(second.parameters == Parameters{{"oauth_token", "token"}, {"oauth_verifier", "verifier"}});
    const auto renewal = renewalRequest(base, connection::Secret("token"), connection::Secret("handle"));
    CHECK(renewal.request.url == second.request.url);
    CHECK(renewal.parameters == Parameters{{"oauth_token", "token"}, {"oauth_session_handle", "handle"}});
}

TEST_CASE("oauth1: the way back from Jira's page", "[oauth1]") {
    const ReturnedConsent allowed = readReturn("x=1&oauth_token=a%2Fb&oauth_verifier=v+w");
    CHECK(allowed.requestToken == "a/b");
    CHECK(allowed.verifier == "v w");
    CHECK_FALSE(allowed.declined);
    for (const char* query :
         {"oauth_token=t&oauth_verifier=denied", "oauth_token=t&oauth_problem=permission_denied"}) {
        const ReturnedConsent refused = readReturn(query);
        CHECK(refused.declined);
        CHECK(refused.requestToken == "t");
        CHECK(refused.verifier.empty());
    }
    CHECK(readReturn("").requestToken.empty());
    CHECK_FALSE(readReturn("oauth_token=t").declined);
}
