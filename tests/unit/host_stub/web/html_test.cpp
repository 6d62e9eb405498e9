#include <catch2/catch.hpp>

#include "web/pages/html.hpp"

using aspm::host::linkedText;

namespace {

std::string link(const std::string& address) {
    return "<a href=\"" + address + "\" rel=\"noopener noreferrer\">" + address + "</a>";
}

} // namespace

TEST_CASE("addresses of the web in a text become links", "[web]") {
    CHECK(linkedText("See https://jira.example/browse/PAY-1, please.").markup() ==
          "See " + link("https://jira.example/browse/PAY-1") + ", please.");
    CHECK(linkedText("(http://a.example/x)").markup() == "(" + link("http://a.example/x") + ")");
    CHECK(linkedText("https://a.example/b_(c)").markup() == link("https://a.example/b_(c)"));
    CHECK(linkedText("https://a.example/1 https://a.example/2").markup() ==
          link("https://a.example/1") + " " + link("https://a.example/2"));
    CHECK(linkedText("https://").markup() == "https://");
    CHECK(linkedText("no address").markup() == "no address");
    CHECK(linkedText("").markup().empty());
}

TEST_CASE("nothing but addresses of the web becomes markup", "[web]") {
    CHECK(linkedText("javascript:alert(1) <b>ftp://x</b>").markup() ==
          "javascript:alert(1) &lt;b&gt;ftp://x&lt;/b&gt;");
    CHECK(linkedText("https://a.example/\"onclick=\"x").markup() ==
          link("https://a.example/") + "&quot;onclick=&quot;x");
    CHECK(linkedText("'https://a.example/?a=1&b=2'").markup() ==
          "&#39;<a href=\"https://a.example/?a=1&amp;b=2\" rel=\"noopener noreferrer\">"
          "https://a.example/?a=1&amp;b=2</a>&#39;");
    CHECK(linkedText("<script>https://a.example</script>").markup() ==
          "&lt;script&gt;" + link("https://a.example") + "&lt;/script&gt;");
}
