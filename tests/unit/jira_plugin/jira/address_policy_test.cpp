#include "jira/address_policy.hpp"

#include <Poco/Net/IPAddress.h>
#include <catch2/catch.hpp>

#include <stdexcept>

using namespace jira_plugin::jira;

namespace {

AddressClass of(const std::string& address) {
    return classify(Poco::Net::IPAddress(address));
}

} // namespace

TEST_CASE("link-local, metadata and reserved addresses are refused in every spelling", "[jira]") {
    for (const char* address :
         {"169.254.169.254", "169.254.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe",
          "2002:a9fe:a9fe::1", "fe80::1", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192",
          "0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "ff02::1", "192.0.2.1"}) {
        CAPTURE(address);
        CHECK(of(address) == AddressClass::Refused);
    }
}

TEST_CASE("addresses of private networks are known as such", "[jira]") {
    for (const char* address :
         {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "127.0.0.1", "::1",
          "fc00::1", "fd12:3456::1", "::ffff:10.0.0.1", "fec0::1"}) {
        CAPTURE(address);
        CHECK(of(address) == AddressClass::Private);
    }
    for (const char* address : {"8.8.8.8", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "13.35.1.1"}) {
        CAPTURE(address);
        CHECK(of(address) == AddressClass::Public);
    }
}

TEST_CASE("base addresses are brought into one form", "[jira]") {
    CHECK(normalisedBaseUrl(" https://Jira.Example.com/jira// ") == "https://jira.example.com/jira");
    CHECK(normalisedBaseUrl("https://x.example:443/") == "https://x.example");
    CHECK(normalisedBaseUrl("https://x.example:8443") == "https://x.example:8443");
    CHECK(normalisedBaseUrl("http://[::1]:8080/jira/") == "http://[::1]:8080/jira");
}

TEST_CASE("an address that is not a plain web address is refused with a sentence", "[jira]") {
    for (const char* url :
         {"", "jira.example.com", "ftp://x.example", "https://", "https://user:pw@x.example",
          "https://x.example/#a", "https://x.exa mple", "file:///etc/passwd"}) {
        CAPTURE(url);
        CHECK_THROWS_AS(parseUrl(url), std::invalid_argument);
    }
}

TEST_CASE("what is encoded in an address stays encoded", "[jira][address]") {
    CHECK(parseUrl("https://x.example/p/..%2Fme%3Fa%3D?q=a%26b%2Fc").path == "/p/..%2Fme%3Fa%3D?q=a%26b%2Fc");
    CHECK(parseUrl("https://x.example?q=1").path == "/?q=1");
    CHECK(parseUrl("https://x.example").path.empty());
    CHECK(parseUrl("https://x.example/j#").path == "/j");
    CHECK(normalisedBaseUrl("https://x.example/jürgen|x/") == "https://x.example/j%C3%BCrgen%7Cx");
}
