#include <catch2/catch.hpp>

#include "dc_client.hpp"
#include "http/signature_base.hpp"

using namespace sim_test;
using namespace jira_sim;

namespace {

NameValues allParameters(Request& request) {
    NameValues parameters = oauth1::headerParameters(request.header("Authorization"));
    for (const NameValues& more : {request.query, parseForm(request.body)})
        parameters.insert(parameters.end(), more.begin(), more.end());
    return parameters;
}

} // namespace

TEST_CASE("the base string is the one of RFC 5849, section 3.4.1.1", "[dc][signature]") {
    Request request;
    parseTarget(request, "/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b");
    request.headers = {{"Authorization",
                        "OAuth realm=\"Example\", oauth_consumer_key=\"9djdj82h48djs9d2\", "
                        "oauth_token=\"kkk9d7dh3k39sjv7\", oauth_signature_method=\"HMAC-SHA1\", "
                        "oauth_timestamp=\"137131201\", oauth_nonce=\"7d8f3e4a\", "
                        "oauth_signature=\"bYT5CMsGcbgUdFHObYMEfcx6bsw%3D\""}};
    request.body = "c2&a3=2+q";
    CHECK(oauth1::baseString("post", oauth1::baseUri("HTTP://EXAMPLE.COM:80", request.path),
                             allParameters(request)) ==
          "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%"
          "26c%2540"
          "%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_"
          "method"
          "%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7");
}

TEST_CASE("the base URI has lower-case scheme and host and no default port, section 3.4.1.2",
          "[dc][signature]") {
    CHECK(oauth1::baseUri("HTTP://EXAMPLE.COM:80", "/r%20v/X") == "http://example.com/r%20v/X");
    CHECK(oauth1::baseUri("https://www.example.net:8080", "") == "https://www.example.net:8080/");
    CHECK(oauth1::baseUri("https://jira.acme.example:443/jira", "/jira/rest") ==
          "https://jira.acme.example/jira/rest");
}

TEST_CASE("only unreserved characters stay as they are, section 3.6", "[dc][signature]") {
    CHECK(oauth1::encode("AZaz09-._~") == "AZaz09-._~");
    CHECK(oauth1::encode(" +*!'()/\xC3\xA9") == "%20%2B%2A%21%27%28%29%2F%C3%A9");
}

TEST_CASE("odd query strings are signed and accepted", "[dc][signature]") {
    DcSim sim;
    sim.connectAs();
    for (const char* query :
         {"?a=", "?a=1&a=1&a=0", "?q=%E2%82%AC%20%2B", "?q=a+b", "?x=%3D%26&y=%25", "?fields=*all&z=~"}) {
        INFO(query);
        CHECK(sim.rest("GET", std::string("/myself") + query).status == 200);
    }
}

TEST_CASE("parameters may stand in the query", "[dc][signature]") {
    DcSim sim;
    sim.connectAs();
    Signing inQuery;
    inQuery.inQuery = true;
    CHECK(sim.rest("GET", "/myself?expand=groups", {}, inQuery).textAt("name") == "srivera");
}

TEST_CASE("a context path and a body of JSON leave the signature right", "[dc][signature]") {
    jira_sim::Config config;
    config.contextPath = "/jira";
    DcSim sim("9.12", config);
    CHECK(sim.createIssue().status == 201);
}
