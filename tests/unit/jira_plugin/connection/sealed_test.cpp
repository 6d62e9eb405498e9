#include "connection/sealed.hpp"

#include "connection/encoding.hpp"
#include "connection_world.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::connection;

TEST_CASE("a sealed secret opens where it was sealed", "[connection]") {
    RecordingHost host;
    const Sealer sealer(host);
    for (const std::string& text : {std::string(), std::string("token"), std::string(9000, 'x')}) {
        CHECK(sealer.open("org", "field", sealer.seal("org", "field", Secret(text))).reveal() == text);
    }
}

TEST_CASE("a sealed secret shows nothing and never looks the same twice", "[connection]") {
    RecordingHost host;
    const Sealer sealer(host);
    const std::string first = sealer.seal("org", "field", Secret("a-token-to-hide"));
    CHECK(first.find("a-token") == std::string::npos);
    CHECK(first != sealer.seal("org", "field", Secret("a-token-to-hide")));
}

TEST_CASE("a sealed secret opens nowhere else", "[connection]") {
    RecordingHost host;
    const Sealer sealer(host);
    const std::string sealed = sealer.seal("org", "field", Secret("token"));
    CHECK_THROWS_AS(sealer.open("org", "other", sealed), SealError);
    CHECK_THROWS_AS(sealer.open("ogr", "field", sealed), SealError);
    const std::string joined = sealer.seal("a", "bc", Secret("token"));
    CHECK_THROWS_AS(sealer.open("ab", "c", joined), SealError);
}

TEST_CASE("a changed sealed secret does not open", "[connection]") {
    RecordingHost host;
    const Sealer sealer(host);
    const std::string sealed = sealer.seal("org", "field", Secret("token"));
    for (std::size_t i = 0; i + 1 < sealed.size(); ++i) { // the last letter has bits that mean nothing
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CAPTURE(i);
        CHECK_THROWS(sealer.open("org", "field", changed));
    }
    for (const char* nonsense : {"", ".", "1", "1.", "2.a2V5LTE.AAAA", "1.a2V5LTE.AAAA", "1.*.AAAA"}) {
        CAPTURE(nonsense);
        CHECK_THROWS_AS(sealer.open("org", "field", nonsense), SealError);
    }
}

TEST_CASE("after a change of key older secrets still open and newer ones use it", "[connection]") {
    RecordingHost host;
    const Sealer sealer(host);
    const std::string old = sealer.seal("org", "field", Secret("old"));
    host.currentKey = "key-2";
    const std::string fresh = sealer.seal("org", "field", Secret("new"));
    CHECK(sealer.open("org", "field", old).reveal() == "old");
    CHECK(sealer.open("org", "field", fresh).reveal() == "new");
    CHECK(old.substr(0, old.rfind('.')) != fresh.substr(0, fresh.rfind('.')));
}

TEST_CASE("a key that the host does not have is not a damaged secret", "[connection]") {
    RecordingHost host;
    const Sealer sealer(host);
    const std::string sealed = sealer.seal("org", "field", Secret("token"));
    host.lostKeys = true;
    CHECK_THROWS_WITH(sealer.open("org", "field", sealed), "there is no key key-1");
}

TEST_CASE("base64url goes both ways without padding", "[connection]") {
    for (const std::string& bytes : {std::string(), std::string("a"), std::string("ab"), std::string("abc"),
                                     std::string("\xff\xfe\xfb", 3), std::string(1, '\0')}) {
        CHECK(fromBase64Url(base64Url(bytes)) == bytes);
        CHECK(base64Url(bytes).find_first_of("+/=") == std::string::npos);
    }
    CHECK_FALSE(fromBase64Url("a"));
    CHECK_FALSE(fromBase64Url("ab=="));
    CHECK_FALSE(fromBase64Url("a+b/"));
}

TEST_CASE("a digest is the known one", "[connection]") {
    CHECK(sha256Hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(equalInConstantTime("abc", "abc"));
    CHECK_FALSE(equalInConstantTime("abc", "abd"));
    CHECK_FALSE(equalInConstantTime("abc", "ab"));
}
