#pragma once

#include "http_client.hpp"
#include "simulator.hpp"
#include "stub_host.hpp"

#include <map>
#include <string>

/// The steps of the user guide, taken over HTTP as a browser takes them.
namespace test_support {

/// Where the plugin's settings are mounted.
extern const std::string jiraSettings;

/// Calls the plugin's settings API, e.g. ("GET", "connection"). Throws std::runtime_error with the answer
/// unless it is a 2xx.
Json settings(HttpClient& browser, const std::string& method, const std::string& path,
              const std::string& body = "");
/// The same without judging the status.
HttpResponse askSettings(HttpClient& browser, const std::string& method, const std::string& path,
                         const std::string& body = "");

/// What is chosen on Atlassian's consent page; what is empty stays as the page offers it.
struct Consent {
    std::string decision = "accept"; ///< or "deny"
    std::string site;                ///< cloud id
    std::string account;             ///< account id
};

/// Step 2: from "Authorize with Atlassian" over the consent page and its form back to the plugin. The last
/// answer, which the plugin's callback gave. Throws std::runtime_error when there is no consent page.
HttpResponse authorize(HttpClient& admin, const Simulator& jira, const Consent& consent = {});
/// The same from the address of Atlassian's consent page on, in the browser of whoever began.
HttpResponse giveConsent(HttpClient& browser, const Simulator& jira, const std::string& authorizeUrl,
                         const Consent& consent = {});

/// The same, and everything must go well.
void connectJira(const StubHost& host, const Simulator& jira, const std::string& user = "alice",
                 const std::string& organisation = "acme");

/// Step 3 for one project, which is created when it is not there. `more`: further members of the mapping as
/// JSON, e.g. R"("assignee":{"accountId":"..."})".
void mapProject(const StubHost& host, const std::string& project, const std::string& jiraProject,
                const std::string& issueType, const std::string& more = "",
                const std::string& organisation = "acme");

/// Step 3 as the guide's table has it.
void mapProjects(const StubHost& host);

} // namespace test_support
