#include <catch2/catch.hpp>

#include "diagnosis/redaction.hpp"

#include <sstream>

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

using jira_plugin::diagnosis::redacted;

namespace {

std::string clean(const std::string& text) {
    return redacted(text, {"hunter2"});
}

} // namespace

TEST_CASE("named secrets, addresses and what looks like a token are taken out", "[diagnosis]") {
    CHECK(clean("a hunter2 b hunter2") == "a [redacted] b [redacted]");
    CHECK(clean("Ann (ann.example+x@mail.example.com) wrote") == "Ann ([e-mail]) wrote");
    CHECK(clean("a@b c@d") == "[e-mail] [e-mail]");
    CHECK(clean("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0") == "Bearer [redacted].[redacted]");
    CHECK(clean("token=0123456789abcdef0123456789abcdef;") == "[redacted];");
    CHECK(clean("x 4f1c2a9b8e7d6c5f4a3b2c1d0e9f8a7b6c5d4e3f y") == "x [redacted] y");
}

TEST_CASE("what helps stays", "[diagnosis]") {
    for (const char* text :
         {"https://api.atlassian.com/ex/jira/11223344-a1b2-3b33-c444-def123456789", "customfield_10050",
          "aspm-0123456789abcdef0123", "manage:jira-configuration", "@ alone", "2026-01-31T09:30:00Z", ""})
        CHECK(clean(text) == text);
}

TEST_CASE("every text of a JSON value is looked at, names of members included", "[diagnosis]") {
    Poco::JSON::Object::Ptr inner = new Poco::JSON::Object;
    inner->set("hunter2", 7);
    Poco::JSON::Array::Ptr list = new Poco::JSON::Array;
    list->add("hunter2");
    list->add(inner);
    Poco::JSON::Object::Ptr json = new Poco::JSON::Object;
    json->set("list", list);
    json->set("flag", true);
    std::ostringstream out;
    redacted(Poco::Dynamic::Var(json), {"hunter2"}).extract<Poco::JSON::Object::Ptr>()->stringify(out);
    CHECK(out.str() == R"({"flag":true,"list":["[redacted]",{"[redacted]":7}]})");
}
