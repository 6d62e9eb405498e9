#include "oauth1/base_string.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin;
using namespace jira_plugin::oauth1;

namespace {

jira::HttpRequest request(const std::string& method, const std::string& url) {
    jira::HttpRequest made;
    made.method = method;
    made.url = url;
    return made;
}

jira::HttpRequest form(const std::string& url, const std::string& body,
                       const std::string& type = "application/x-www-form-urlencoded") {
    jira::HttpRequest made = request("POST", url);
    made.contentType = type;
    made.body = body;
    return made;
}

/// The request of RFC 5849 section 3.4.1.1.
jira::HttpRequest rfcRequest() {
    return form("http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", "c2&a3=2+q");
}

const Parameters rfcProtocol{{"oauth_consumer_key", "9djdj82h48djs9d2"},
                             {"oauth_token", "kkk9d7dh3k39sjv7"},
                             {"oauth_signature_method", "HMAC-SHA1"},
                             {"oauth_timestamp", "137131201"},
                             {"oauth_nonce", "7d8f3e4a"}};

std::string normalisedQuery(const std::string& query) {
    return normalisedParameters(requestParameters(request("GET", "https://jira.example.com/?" + query)));
}

} // namespace

TEST_CASE("oauth1: the base string of RFC 5849 3.4.1.1", "[oauth1]") {
    CHECK(signatureBaseString(rfcRequest(), rfcProtocol) ==
          "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D"
          "%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a"
          "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201"
          "%26oauth_token%3Dkkk9d7dh3k39sjv7");
}

TEST_CASE("oauth1: the base string URIs of RFC 5849 3.4.1.2", "[oauth1]") {
    CHECK(baseStringUri("http://EXAMPLE.COM:80/r%20v/X?id=123") == "http://example.com/r%20v/X");
    CHECK(baseStringUri("https://www.example.net:8080/?q=1") == "https://www.example.net:8080/");
}

TEST_CASE("oauth1: the parameters of RFC 5849 3.4.1.3.1 are decoded", "[oauth1]") {
    CHECK(requestParameters(rfcRequest()) ==
          Parameters{{"b5", "=%3D"}, {"a3", "a"}, {"c@", ""}, {"a2", "r b"}, {"c2", ""}, {"a3", "2 q"}});
}

TEST_CASE("oauth1: the parameters of RFC 5849 3.4.1.3.2 are normalised", "[oauth1]") {
    Parameters all = requestParameters(rfcRequest());
    all.insert(all.end(), rfcProtocol.begin(), rfcProtocol.end());
    CHECK(normalisedParameters(all) ==
          "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2"
          "&oauth_nonce=7d8f3e4a&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201"
          "&oauth_token=kkk9d7dh3k39sjv7");
}

TEST_CASE("oauth1: only the scheme's own port is dropped", "[oauth1]") {
    CHECK(baseStringUri("HTTPS://Jira.Example.com:443/jira") == "https://jira.example.com/jira");
    CHECK(baseStringUri("https://jira.example.com:80/") == "https://jira.example.com:80/");
    CHECK(baseStringUri("http://jira.example.com:443/") == "http://jira.example.com:443/");
    CHECK(baseStringUri("https://jira.example.com:8443") == "https://jira.example.com:8443/");
    CHECK(baseStringUri("https://jira.example.com:/x") == "https://jira.example.com/x");
    CHECK(baseStringUri("https://[2001:DB8::1]:443/x") == "https://[2001:db8::1]/x");
    CHECK(baseStringUri("https://[2001:DB8::1]/x") == "https://[2001:db8::1]/x");
    CHECK(baseStringUri("http://[::1]:2990/jira") == "http://[::1]:2990/jira");
}

TEST_CASE("oauth1: the path stays as it is written", "[oauth1]") {
    CHECK(baseStringUri("https://h/Jira/R%2fv;v=1/a+b/~x//") == "https://h/Jira/R%2fv;v=1/a+b/~x//");
    CHECK(baseStringUri("https://h?x=/y") == "https://h/");
    CHECK(baseStringUri("https://h#part/one") == "https://h/");
    CHECK(baseStringUri("https://user:secret@h/x") == "https://h/x");
}

TEST_CASE("oauth1: what is no web address is not signed", "[oauth1]") {
    for (const char* url :
         {"", "jira.example.com", "ftp://h/", "https://", "https:///x", "https://h:port/"}) {
        CAPTURE(url);
        CHECK_THROWS_AS(baseStringUri(url), std::invalid_argument);
    }
}

TEST_CASE("oauth1: parameters are sorted by encoded name, then by encoded value", "[oauth1]") {
    CHECK(normalisedQuery("b=2&a=1&b=10&b=1&a=") == "a=&a=1&b=1&b=10&b=2");
    CHECK(normalisedQuery("a=1&a=1") == "a=1&a=1");
    // Encoded, '%' sorts before letters, so the umlaut comes first; decoded it would come last.
    CHECK(normalisedQuery("z=1&%C3%A4=2") == "%C3%A4=2&z=1");
    CHECK(normalisedQuery("a=~&a=%20&a=Z&a=a") == "a=%20&a=Z&a=a&a=~");
}

TEST_CASE("oauth1: a '+' is a blank in a query as in a form, and %2B is the sign", "[oauth1]") {
    CHECK(normalisedQuery("q=a+b%2Bc") == "q=a%20b%2Bc");
    CHECK(normalisedParameters(requestParameters(form("https://h/", "q=a+b%2Bc"))) == "q=a%20b%2Bc");
}

TEST_CASE("oauth1: empty values, missing signs and empty parts", "[oauth1]") {
    CHECK(normalisedQuery("").empty());
    CHECK(normalisedQuery("a&b=&&c=d=e&") == "a=&b=&c=d%3De");
    CHECK(normalisedQuery("=x") == "=x");
    CHECK(normalisedQuery("a=%zz%4&b=%") == "a=%25zz%254&b=%25");
}

TEST_CASE("oauth1: UTF-8 is encoded byte by byte, once", "[oauth1]") {
    CHECK(percentEncoded("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80") == "%C3%A4%E2%82%AC%F0%9F%98%80");
    CHECK(normalisedQuery("\xE2\x82\xAC=\xC3\xA4") == "%E2%82%AC=%C3%A4");
    CHECK(percentEncoded("AZaz09-._~") == "AZaz09-._~");
    CHECK(percentEncoded(" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}\x7F") ==
          "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%7D%7F");
    CHECK(percentEncoded(std::string(1, '\0')) == "%00");
}

TEST_CASE("oauth1: only a form's body is signed", "[oauth1]") {
    CHECK(requestParameters(form("https://h/", "{\"a\":1}", "application/json")).empty());
    CHECK(requestParameters(form("https://h/", "a=1", "")).empty());
    CHECK(requestParameters(form("https://h/", "a=1", "APPLICATION/X-WWW-FORM-URLENCODED; charset=UTF-8")) ==
          Parameters{{"a", "1"}});
}

TEST_CASE("oauth1: a fragment and the signature itself are not signed", "[oauth1]") {
    CHECK(requestParameters(request("GET", "https://h/x?a=1#b?c=2")) == Parameters{{"a", "1"}});
    CHECK(requestParameters(request("GET", "https://h/x#b?c=2")).empty());
    CHECK(normalisedParameters({{"oauth_signature", "s"}, {"a", "1"}}) == "a=1");
}

TEST_CASE("oauth1: a request's own parameter named realm is signed", "[oauth1]") {
    CHECK(signatureBaseString(request("GET", "https://h/?realm=x"), {}) ==
          "GET&https%3A%2F%2Fh%2F&realm%3Dx");
}

TEST_CASE("oauth1: the method is in upper case", "[oauth1]") {
    CHECK(signatureBaseString(request("get", "https://h"), {}) == "GET&https%3A%2F%2Fh%2F&");
}

TEST_CASE("oauth1: forms go both ways", "[oauth1]") {
    const Parameters all{{"a b", "c&d"}, {"", "="}, {"\xC3\xA4", "100%+"}, {"e", ""}};
    CHECK(parseForm(writeForm(all)) == all);
    CHECK(valueOf(all, "a b") == "c&d");
    CHECK(valueOf(all, "none").empty());
}
