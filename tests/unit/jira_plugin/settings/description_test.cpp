#include <catch2/catch.hpp>

#include "settings/routes.hpp"
#include "settings_world.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

using namespace settings_test;
using Poco::JSON::Object;

namespace {

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

/// The description as the API sends it.
Object::Ptr description(World& world) {
    return Poco::JSON::Parser().parse(world.send("GET", "/api/openapi.json").body).extract<Object::Ptr>();
}

std::set<std::string> parameters(const Object::Ptr& operation, const std::string& in) {
    std::set<std::string> names;
    const auto list = operation->getArray("parameters");
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const auto each = list->getObject(static_cast<unsigned>(i));
        if (each->getValue<std::string>("in") == in)
            names.insert(each->getValue<std::string>("name"));
    }
    return names;
}

/// The {names} of a pattern.
std::set<std::string> namesIn(const std::string& pattern) {
    std::set<std::string> names;
    for (auto at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1))
        names.insert(pattern.substr(at + 1, pattern.find('}', at) - at - 1));
    return names;
}

} // namespace

TEST_CASE_METHOD(World, "the description and the routes are the same, both ways", "[settings]") {
    std::set<std::string> described;
    const auto paths = description(*this)->getObject("paths");
    for (const auto& path : paths->getNames())
        for (const auto& method : paths->getObject(path)->getNames())
            described.insert(upper(method) + " " + path);
    std::set<std::string> routed;
    for (const auto& route : settings::routes())
        routed.insert(std::string(route.method) + " " + route.pattern);
    CHECK(described == routed);
    CHECK(routed.size() == settings::routes().size());
}

TEST_CASE_METHOD(World, "parameters, examples and refusals are described for every route", "[settings]") {
    const auto paths = description(*this)->getObject("paths");
    for (const auto& route : settings::routes()) {
        std::string method = route.method;
        std::transform(method.begin(), method.end(), method.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        const auto operation = paths->getObject(route.pattern)->getObject(method);
        CAPTURE(route.method, route.pattern);
        REQUIRE(operation);
        CHECK(parameters(operation, "path") == namesIn(route.pattern));
        if (route.query != std::vector<std::string>{"*"})
            CHECK(parameters(operation, "query") ==
                  std::set<std::string>(route.query.begin(), route.query.end()));
        CHECK_FALSE(operation->getValue<std::string>("summary").empty());
        CHECK(operation->getObject("responses")->has("403"));
        if (const auto body = operation->getObject("requestBody"))
            CHECK(body->getObject("content")->getObject("application/json")->has("example"));
    }
}

TEST_CASE_METHOD(World, "every schema that is referred to exists, and every one that exists is used",
                 "[settings]") {
    const std::string text = send("GET", "/api/openapi.json").body;
    std::set<std::string> referred;
    const std::string prefix = "#/components/schemas/";
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at + 1))
        referred.insert(text.substr(at + prefix.size(), text.find('"', at) - at - prefix.size()));
    const auto names = description(*this)->getObject("components")->getObject("schemas")->getNames();
    CHECK(std::set<std::string>(names.begin(), names.end()) == referred);
}
