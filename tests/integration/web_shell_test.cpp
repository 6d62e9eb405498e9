#include <catch2/catch.hpp>

#include "connected_host.hpp"

using namespace integration;
using namespace test_support;

namespace {

using Catch::Contains;

/// The token in the forms of a page.
std::string csrfIn(const HttpResponse& page) {
    const std::string before = R"(name="csrf" value=")";
    const auto at = page.body.find(before);
    if (at == std::string::npos) {
        return {};
    }
    const auto from = at + before.size();
    return page.body.substr(from, page.body.find('"', from) - from);
}

/// Signs in as a browser does: with the form of the page, and nothing but cookies between the requests.
HttpResponse signIn(HttpClient& browser, const std::string& who, const std::string& next = "/") {
    const auto page = browser.get("/sign-in");
    return browser.submit("/sign-in", {{"csrf", csrfIn(page)}, {"who", who}, {"next", next}});
}

std::string pageOf(const std::string& finding) {
    return "/o/acme/findings/" + finding;
}

} // namespace

TEST_CASE("a person is chosen on the sign-in page, and another one later", "[integration][shell]") {
    const StubHost host({{}, jiraBundle()});
    HttpClient browser(host.url());
    const auto sent = browser.get("/findings?status=open");
    CHECK(sent.status == 303);
    CHECK(sent.header("location") == "/sign-in?next=%2Ffindings%3Fstatus%3Dopen");
    CHECK_THAT(browser.get(sent.header("location")).body, Contains(R"(value="/findings?status=open")"));

    const auto signedIn = signIn(browser, "acme/alice", "/findings?status=open");
    CHECK(signedIn.status == 303);
    CHECK(signedIn.header("location") == "/findings?status=open");
    CHECK_THAT(signedIn.header("set-cookie"), Contains("HttpOnly") && Contains("SameSite=Lax"));
    CHECK_THAT(browser.get("/").body, Contains("Alice Admin") && Contains("admin, member"));

    const auto before = browser.cookies();
    CHECK(signIn(browser, "acme/mia").status == 303);
    CHECK_THAT(browser.get("/").body, Contains("Mia Member") && !Contains("Alice Admin"));
    HttpClient old(host.url());
    old.setCookie("aspm_session", before.at("aspm_session"));
    CHECK(old.get("/").status == 303); // the first session is over

    CHECK(signIn(browser, "acme/nobody").status == 400);
    CHECK(signIn(browser, "alice").status == 400);
}

TEST_CASE("sign-in leads to places of this host only", "[integration][shell]") {
    const StubHost host({{}, jiraBundle()});
    const std::string next = GENERATE(as<std::string>{}, "https://evil.example/", "//evil.example/",
                                      "/\\evil.example/", "javascript:alert(1)", "/a\r\nX-Evil: 1", "");
    CAPTURE(next);
    HttpClient browser(host.url());
    const auto answer = signIn(browser, "acme/alice", next);
    CHECK(answer.status == 303);
    CHECK(answer.header("location") == "/");
    CHECK(answer.header("x-evil").empty());
}

TEST_CASE("forms without the token of the session change nothing", "[integration][shell]") {
    const StubHost host({{}, jiraBundle()});
    host.project("payments-api");
    const auto finding = host.addFindings("payments-api", 1)[0];
    HttpClient browser(host.url());
    signIn(browser, "acme/alice");

    CHECK(browser.submit(pageOf(finding) + "/status", {{"status", "accepted"}}).status == 403);
    CHECK(browser.submit(pageOf(finding) + "/push", {{"csrf", "guessed"}}).status == 403);
    CHECK(browser.submit("/settings/ownership", {}).status == 403);
    CHECK(browser.submit("/sign-in", {{"who", "acme/mia"}}).status == 403);
    CHECK(host.finding(finding)["status"].text() == "open");
    CHECK(host.pushState(finding) == "none");
    CHECK_THAT(browser.get("/").body, Contains("Alice Admin"));

    // A form on another site: the browser leaves the cookie out and says where the form was.
    HttpClient elsewhere(host.url());
    elsewhere.setHeader("Sec-Fetch-Site", "cross-site");
    CHECK(elsewhere.submit("/sign-in", {{"who", "acme/mia"}}).status == 403);
}

TEST_CASE("what a scanner says stays text", "[integration][shell]") {
    const StubHost host({{}, jiraBundle()});
    host.project("payments-api");
    const std::string script = "<script>alert('x')</script>";
    const std::string image = R"-("><img src=x onerror="alert(1)">)-";
    const std::string finding = R"({"title":)" + quoted(script) + R"(,"description":)" + quoted(image) +
                                R"(,"snippet":)" + quoted(script) + R"(,"ruleId":)" + quoted(image) +
                                R"(,"ruleName":)" + quoted(script) + R"(,"ruleHelp":)" + quoted(image) +
                                R"(,"ruleHelpUrl":)" + quoted("javascript:alert(1)") + R"(,"filePath":)" +
                                quoted(image) + R"(,"labels":[)" + quoted(script) + R"(],"cwe":"CWE-79"})";
    host.control("POST", "/organisations/acme/findings",
                 R"({"project":"payments-api","findings":[)" + finding + "]}");
    const auto id = host.control("GET", "/organisations/acme/findings")["findings"][0]["id"].text();
    auto browser = host.signedIn();
    for (const auto& path : {std::string("/findings"), pageOf(id), pageOf(id) + "?preview=1"}) {
        CAPTURE(path);
        const auto page = browser.get(path);
        CHECK(page.status == 200);
        CHECK_THAT(page.body, Contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
        CHECK_THAT(page.body, !Contains(script) && !Contains("<img src=x"));
        CHECK_THAT(page.body, !Contains("href=\"javascript:"));
    }
    CHECK_THAT(browser.get("/findings?project=" + std::string("%3Cscript%3E")).body, !Contains("<script>"));
}

TEST_CASE("every page forbids foreign and inline scripts", "[integration][shell]") {
    const StubHost host({{}, jiraBundle()});
    auto browser = host.signedIn();
    for (const std::string path : {"/", "/findings", "/alerts", "/audit", "/settings", "/sign-in", "/nowhere",
                                   "/static/style.css", "/static/app.js", "/static/icon.svg"}) {
        CAPTURE(path);
        const auto page = browser.get(path);
        CHECK(page.status == (path == "/nowhere" ? 404 : 200));
        CHECK_THAT(page.header("content-security-policy"), Contains("default-src 'self'") &&
                                                               Contains("frame-ancestors 'none'") &&
                                                               !Contains("unsafe-inline"));
        CHECK(page.header("x-content-type-options") == "nosniff");
        CHECK(page.header("x-frame-options") == "DENY");
        CHECK(page.header("referrer-policy") == "same-origin");
        CHECK_THAT(page.body, !Contains(" style=") && !Contains(" onclick=") && !Contains("<style"));
    }
    auto again = host.signedIn();
    again.setHeader("If-None-Match", browser.get("/static/app.js").header("etag"));
    CHECK(again.get("/static/app.js").status == 304);
    CHECK(browser.get("/static/nothing.js").status == 404);
    CHECK(browser.send("DELETE", "/findings").status == 405);
}

TEST_CASE("a role sees and changes what is its own", "[integration][shell]") {
    const StubHost host({{}, jiraBundle()});
    auto alice = host.signedIn("alice");
    auto mia = host.signedIn("mia");
    const std::string editor = R"(action="/settings/ownership")";
    CHECK_THAT(alice.get("/settings").body, Contains(editor) && Contains("/settings/integrations/jira/"));
    CHECK_THAT(mia.get("/settings").body, !Contains(editor) && Contains("Ownership policies"));
    CHECK_THAT(alice.get("/").body, Contains("/settings/integrations/jira/"));
    CHECK_THAT(mia.get("/").body, !Contains("/settings/integrations/jira/"));

    const std::map<std::string, std::string> policy{
        {"order", "1"}, {"path", "src/*"}, {"rule", ""}, {"user", "mia"}};
    // The fields of a row come in the order of the page.
    const std::string body = "order=2&path=*.c&rule=&user=paul&order=1&path=src%2F*&rule=demo%2F*&user=mia"
                             "&order=3&path=&rule=&user=&order=4&path=old&rule=&user=-";
    const auto form = "application/x-www-form-urlencoded";
    CHECK(mia.submit("/settings/ownership", policy).status == 403);
    CHECK(host.control("GET", "/organisations/acme/ownership")["policies"].size() == 0);
    CHECK(alice.send("POST", "/settings/ownership", body, form).status == 303);
    const auto policies = host.control("GET", "/organisations/acme/ownership")["policies"];
    REQUIRE(policies.size() == 2);
    CHECK(policies[0].dump() == Json::parse(R"({"path":"src/*","rule":"demo/*","user":"mia"})").dump());
    CHECK(policies[1]["user"].text() == "paul");
    CHECK_THAT(alice.get("/audit").body, Contains("ownership.replaced"));
    CHECK_THAT(mia.get("/settings").body, Contains("src/*"));

    CHECK(alice.send("POST", "/settings/ownership", "order=1&path=x&rule=&user=", form).status == 400);
    CHECK(alice.send("POST", "/settings/ownership", "order=1&path=x&rule=&user=ghost", form).status == 409);
    CHECK(host.control("GET", "/organisations/acme/ownership")["policies"].size() == 2);
}

TEST_CASE("a member creates a ticket on the page of a finding", "[integration][shell]") {
    const ConnectedHost world;
    const auto finding = world.host.addFindings("payments-api", 1)[0];
    auto mia = world.host.signedIn("mia");
    const auto page = mia.get(pageOf(finding));
    CHECK_THAT(page.body, Contains("No ticket") && Contains("Create ticket") && Contains("demo/rule"));
    CHECK_THAT(mia.get(pageOf(finding) + "?preview=1").body,
               Contains("Preview of the ticket") && Contains("Finding 1"));

    const auto answer = mia.submit(pageOf(finding) + "/push", {});
    CHECK(answer.status == 303);
    CHECK(answer.header("location") == pageOf(finding) + "#ticket");
    REQUIRE(world.settles());
    const auto ticket = world.host.finding(finding)["ticket"];
    const auto after = mia.get(pageOf(finding)).body;
    CHECK_THAT(after, Contains("href=\"" + ticket["url"].text() + "\"") && Contains(ticket["key"].text()));
    CHECK_THAT(after, Contains("Mia Member asked for a ticket.") && !Contains("data-busy"));
    CHECK_THAT(mia.get("/findings?state=created").body, Contains(ticket["key"].text()));
    CHECK_THAT(mia.get("/findings?state=none").body, !Contains(ticket["key"].text()));
}

TEST_CASE("tickets are created for what is ticked, and for all of a project", "[integration][shell]") {
    const ConnectedHost world;
    const auto findings = world.host.addFindings("payments-api", 60);
    auto mia = world.host.signedIn("mia");
    const auto first = mia.get("/findings?project=payments-api").body;
    CHECK_THAT(first, Contains(findings[49]) && !Contains(findings[50]));
    CHECK_THAT(mia.get("/findings?project=payments-api&after=" + findings[49]).body,
               Contains(findings[50]) && !Contains(findings[49] + "\" aria-label"));

    const auto form = "application/x-www-form-urlencoded";
    const std::string back = "back=%2Ffindings%3Fproject%3Dpayments-api&project=payments-api";
    CHECK(mia.send("POST", "/findings/push", back + "&what=ticked", form).header("location") ==
          "/findings?project=payments-api&asked=none");
    const auto two =
        mia.send("POST", "/findings/push",
                 back + "&what=ticked&finding=" + findings[0] + "&finding=" + findings[59], form);
    CHECK(two.header("location") == "/findings?project=payments-api&asked=2&refused=0");
    REQUIRE(world.settles());
    CHECK(world.host.count("created") == 2);

    const auto rest = mia.submit(
        "/findings/push", {{"what", "all"}, {"project", "payments-api"}, {"back", "https://evil.example/"}});
    CHECK(rest.header("location") == "/findings?asked=58&refused=0");
    REQUIRE(world.settles());
    CHECK(world.host.count("created") == 60);
    CHECK(world.jira.issueCount() == 60);
}

TEST_CASE("a refusal shows on the page with what to do", "[integration][shell]") {
    const ConnectedHost world;
    world.host.project("unmapped");
    const auto finding = world.host.addFindings("unmapped", 1)[0];
    auto mia = world.host.signedIn("mia");
    CHECK(mia.submit(pageOf(finding) + "/push", {}).status == 303);
    const auto push = world.host.finding(finding)["push"];
    CHECK(push["state"].text() == "refused");
    const auto page = mia.get(pageOf(finding)).body;
    CHECK_THAT(page, Contains("Refused") && Contains(push["message"].text()) && Contains("What to do"));
    CHECK_THAT(page, Contains("Try again"));
}

TEST_CASE("a status is changed on the page of a finding", "[integration][shell]") {
    const StubHost host({{}, jiraBundle()});
    host.project("payments-api");
    const auto finding = host.addFindings("payments-api", 1)[0];
    auto mia = host.signedIn("mia");
    CHECK(mia.submit(pageOf(finding) + "/status", {{"status", "nonsense"}}).status == 400);
    CHECK(mia.submit(pageOf(finding) + "/status", {{"status", "accepted"}, {"reason", "Only in <tests>."}})
              .status == 303);
    CHECK(host.finding(finding)["status"].text() == "accepted");
    CHECK_THAT(mia.get(pageOf(finding)).body, Contains("Only in &lt;tests&gt;.") && Contains("Mia Member"));
}

TEST_CASE("a finding of another organisation does not exist", "[integration][shell]") {
    const StubHost host({{}, jiraBundle()});
    host.control("POST", "/organisations", R"({"id":"globex","name":"Globex"})");
    host.project("secret", "globex");
    NewFinding theirs;
    theirs.title = "Only for Globex";
    const auto id = host.addFindings("secret", {theirs}, "globex")[0];
    auto alice = host.signedIn();
    for (const auto& path : {"/o/globex/findings/" + id, pageOf(id)}) {
        CAPTURE(path);
        const auto page = alice.get(path);
        CHECK(page.status == 404);
        CHECK_THAT(page.body, !Contains("Only for Globex"));
        CHECK(alice.submit(path + "/status", {{"status", "accepted"}}).status == 404);
        CHECK(alice.submit(path + "/push", {}).status == 404);
    }
    CHECK_THAT(alice.get("/findings").body, !Contains("Only for Globex"));
    CHECK(host.finding(id, "globex")["status"].text() == "open");
}
