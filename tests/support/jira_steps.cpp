#include "jira_steps.hpp"

#include <stdexcept>

namespace test_support {

const std::string jiraSettings = "/settings/integrations/jira/";

namespace {

/// The value of the hidden field `name` of a page's form.
std::string hiddenField(const std::string& page, const std::string& name) {
    const std::string start = "name=\"" + name + "\" value=\"";
    const auto at = page.find(start);
    if (at == std::string::npos) {
        throw std::runtime_error("The page has no field '" + name + "':\n" + page);
    }
    const auto begin = at + start.size();
    return page.substr(begin, page.find('"', begin) - begin);
}

} // namespace

HttpResponse askSettings(HttpClient& browser, const std::string& method, const std::string& path,
                         const std::string& body) {
    return browser.send(method, jiraSettings + "api/" + path, body, body.empty() ? "" : "application/json");
}

Json settings(HttpClient& browser, const std::string& method, const std::string& path,
              const std::string& body) {
    const auto answer = askSettings(browser, method, path, body);
    if (answer.status / 100 != 2) {
        throw std::runtime_error("The settings API answers " + std::to_string(answer.status) + " to " +
                                 method + " " + path + " " + body + ": " + answer.body);
    }
    return Json::parse(answer.body.empty() ? "null" : answer.body);
}

HttpResponse authorize(HttpClient& admin, const Simulator& jira, const Consent& consent) {
    const auto begun = settings(admin, "POST", "connection/cloud/authorize", "{}");
    return giveConsent(admin, jira, begun["authorizeUrl"].text(), consent);
}

HttpResponse giveConsent(HttpClient& browser, const Simulator& jira, const std::string& authorizeUrl,
                         const Consent& consent) {
    auto atlassian = jira.browser();
    const auto page = atlassian.get(pathOf(authorizeUrl));
    if (page.status != 200) {
        throw std::runtime_error("There is no consent page but " + std::to_string(page.status) +
                                 " with location " + page.header("location"));
    }
    std::map<std::string, std::string> form{{"consent", hiddenField(page.body, "consent")},
                                            {"decision", consent.decision}};
    if (!consent.site.empty()) {
        form["site"] = consent.site;
    }
    if (!consent.account.empty()) {
        form["account"] = consent.account;
    }
    const auto back = atlassian.submit("/authorize", form);
    return browser.get(pathOf(back.header("location")));
}

void connectJira(const StubHost& host, const Simulator& jira, const std::string& user,
                 const std::string& organisation) {
    auto admin = host.signedIn(user, organisation);
    const auto returned = authorize(admin, jira);
    const auto connection = settings(admin, "GET", "connection");
    if (connection["state"].text() != "connected") {
        throw std::runtime_error("Jira is not connected. The callback answered " +
                                 std::to_string(returned.status) + ": " + returned.body +
                                 "\nThe connection is " + connection.dump());
    }
}

void mapProject(const StubHost& host, const std::string& project, const std::string& jiraProject,
                const std::string& issueType, const std::string& more, const std::string& organisation) {
    const auto id = host.project(project, organisation);
    auto admin = host.signedIn("alice", organisation);
    settings(admin, "PUT", "mappings/" + id,
             R"({"jiraProject":)" + quoted(jiraProject) + R"(,"issueType":)" + quoted(issueType) +
                 (more.empty() ? "" : "," + more) + "}");
}

void mapProjects(const StubHost& host) {
    mapProject(host, "payments-api", "PAY", "Bug");
    mapProject(host, "auth-service", "AUTH", "Task");
    mapProject(host, "mobile-app", "MOB", "Bug");
}

} // namespace test_support
