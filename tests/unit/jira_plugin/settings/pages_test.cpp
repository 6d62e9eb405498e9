#include <catch2/catch.hpp>

#include "settings_world.hpp"
#include "web/embedded.hpp"
#include "web/pages.hpp"

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
                       Catch::Contains("base-uri 'none'") && !Catch::Contains("unsafe"));
    }
    CHECK(send("POST", "/").status == 404);
}

TEST_CASE_METHOD(World, "assets carry an ETag and are not sent twice", "[settings]") {
    for (const char* path : {"/assets/app.js", "/assets/style.css"}) {
        headers.clear();
        const auto first = send("GET", path);
        REQUIRE(first.status == 200);
        const std::string etag = first.header("ETag");
        CHECK(etag.size() > 10);
        headers = {{"If-None-Match", etag}};
        const auto second = send("GET", path);
        CHECK(second.status == 304);
        CHECK(second.body.empty());
        CHECK(second.header("ETag") == etag);
        headers = {{"If-None-Match", "\"other\""}};
        CHECK(send("GET", path).status == 200);
    }
}

TEST_CASE("the script sets text and never markup", "[settings]") {
    for (const char* markup :
         {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser"})
        CHECK_THAT(web::embedded::appJs(), !Catch::Contains(markup));
    CHECK_THAT(web::embedded::styleCss(), !Catch::Contains("@import") && !Catch::Contains("url("));
}

TEST_CASE("text for HTML cannot leave its place", "[settings]") {
    CHECK(web::escapeHtml("<a href=\"x\" b='c'>&</a>") ==
          "&lt;a href=&quot;x&quot; b=&#39;c&#39;&gt;&amp;&lt;/a&gt;");
}
