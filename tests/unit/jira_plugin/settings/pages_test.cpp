#include <catch2/catch.hpp>

#include "settings_world.hpp"
#include "web/embedded.hpp"
#include "web/pages.hpp"

#include <filesystem>
#include <regex>
#include <set>
#include <string>

using namespace settings_test;
namespace web = jira_plugin::web;

TEST_CASE_METHOD(World, "the page names its assets from the mount and brings nothing inline", "[settings]") {
    for (const char* path : {"/", ""}) {
        const auto response = send("GET", path);
        CHECK(response.status == 200);
        CHECK(response.header("Content-Type") == "text/html; charset=utf-8");
        CHECK_THAT(response.body, Catch::Contains("src=\"/settings/integrations/jira/assets/app.js\"") &&
                                      !Catch::Contains("{{") && !Catch::Contains("style=\"") &&
                                      !Catch::Contains("onclick") && !Catch::Contains("http://") &&
                                      !Catch::Contains("https://"));
        CHECK_THAT(response.header("Content-Security-Policy"),
                   Catch::Contains("default-src 'none'") && Catch::Contains("script-src 'self'") &&
                       Catch::Contains("base-uri 'none'") && Catch::Contains("frame-ancestors 'none'") &&
                       !Catch::Contains("unsafe"));
    }
    CHECK(send("POST", "/").status == 404);
}

TEST_CASE_METHOD(World, "every page address is the one page, and no other address is", "[settings]") {
    const std::string page = send("GET", "/").body;
    for (const char* path : {"/connect", "/projects", "/fields", "/sync", "/test", "/activity",
                             "/troubleshooting", "/authorize/return", "/authorize/0a1b2c", "/finding/f-1"}) {
        INFO(path);
        CHECK(send("GET", path).status == 200);
        CHECK(send("GET", path).body == page);
    }
    for (const char* path :
         {"/nothing", "/authorize", "/authorize/", "/authorize/a/b", "/finding/", "/finding/a/b",
          "/connect/x", "/assets/", "/assets/nothing.js", "/assets/../index.html", "/assets/pages.cpp"}) {
        INFO(path);
        CHECK(send("GET", path).status == 404);
    }
}

TEST_CASE_METHOD(World, "assets carry their type and an ETag, and are not sent twice", "[settings]") {
    REQUIRE(web::embedded::assets().size() > 20);
    for (const auto& [name, text] : web::embedded::assets()) {
        INFO(name);
        headers.clear();
        const auto first = send("GET", "/assets/" + name);
        REQUIRE(first.status == 200);
        CHECK(first.body == text);
        CHECK_THAT(first.header("Content-Type"), Catch::StartsWith("text/javascript;") ||
                                                     Catch::StartsWith("text/css;") ||
                                                     Catch::Equals("image/svg+xml"));
        const std::string etag = first.header("ETag");
        CHECK(etag.size() > 10);
        headers = {{"If-None-Match", etag}};
        const auto second = send("GET", "/assets/" + name);
        CHECK(second.status == 304);
        CHECK(second.body.empty());
        CHECK(second.header("ETag") == etag);
        headers = {{"If-None-Match", "\"other\""}};
        CHECK(send("GET", "/assets/" + name).status == 200);
    }
}

TEST_CASE("no script has a way to turn text into markup or code, and nothing comes from elsewhere",
          "[settings]") {
    for (const auto& [name, text] : web::embedded::assets()) {
        INFO(name);
        for (const char* sink :
             {"innerHTML", "outerHTML", "insertAdjacentHTML", "setHTML", "document.write", "eval(",
              "DOMParser", "createContextualFragment", "new Function", "\"javascript:", "@import", "url("})
            CHECK_THAT(text, !Catch::Contains(sink));
        for (const char* loader : {"from \"http", "import(\"http", "src=\"http"})
            CHECK_THAT(text, !Catch::Contains(loader));
    }
}

namespace {

/// Adds a script and everything that it imports at once; import() is for later.
void addWithImports(const std::string& name, std::set<std::string>& found) {
    if (!found.insert(name).second)
        return;
    INFO(name);
    REQUIRE(web::embedded::assets().count(name) == 1);
    const std::string& text = web::embedded::assets().at(name);
    static const std::regex import("from \"(\\.[^\"]+)\"");
    for (std::sregex_iterator at(text.begin(), text.end(), import), end; at != end; ++at) {
        const auto place = std::filesystem::path(name).parent_path() / (*at)[1].str();
        addWithImports(place.lexically_normal().generic_string(), found);
    }
}

} // namespace

TEST_CASE("every page is light, and all that it imports is there", "[settings]") {
    for (const auto& [name, text] : web::embedded::assets()) {
        if (name.compare(0, 6, "pages/") != 0)
            continue;
        std::set<std::string> assets{"style.css", "jira.svg"};
        addWithImports("app.js", assets);
        addWithImports(name, assets);
        std::size_t bytes = web::embedded::indexHtml().size();
        for (const auto& asset : assets)
            bytes += web::embedded::assets().at(asset).size();
        INFO(name);
        CHECK(bytes > std::size_t{50} * 1024); // the imports were found
        CHECK(bytes <= std::size_t{150} * 1024);
    }
}

TEST_CASE("text for HTML cannot leave its place", "[settings]") {
    CHECK(web::escapeHtml("<a href=\"x\" b='c'>&</a>") ==
          "&lt;a href=&quot;x&quot; b=&#39;c&#39;&gt;&amp;&lt;/a&gt;");
}
