#pragma once

#include "connected_host.hpp"

#include <map>
#include <string>
#include <vector>

namespace integration {

/// A Jira Data Center of this version. arguments: further flags of jira_sim.
test_support::SimulatorOptions dataCenter(const std::string& version,
                                          std::vector<std::string> arguments = {});

/// The administrator's work in Jira, through its own forms, with what the settings page shows. changes: other
/// values than the right ones, by the form's names; {"incoming", ""} leaves the incoming side out.
void makeLink(const test_support::Simulator& jira, const test_support::Json& guide,
              const std::map<std::string, std::string>& changes = {});

/// From the link to a connection of the admin's organisation; throws when it does not come about.
void connectServer(const test_support::Simulator& jira, test_support::HttpClient& admin);

/// The address of the only webhook, once it is there. Throws when it does not come.
std::string hookUrl(const test_support::Simulator& jira);

/// Its secret, as Jira's administrators see it; empty for a version that has none.
std::string hookSecret(const test_support::Simulator& jira);

/// A Data Center, and a host whose organisation acme is about to connect to it.
struct DataCenterHost {
    explicit DataCenterHost(const std::string& version = "9.12", std::vector<std::string> arguments = {},
                            const std::map<std::string, std::string>& config = {});

    /// What the settings page shows to type into Jira.
    test_support::Json guide() { return settings(admin, "GET", "connection/data-center"); }

    void makeLink(const std::map<std::string, std::string>& changes = {});
    void removeLinks() const;

    /// The plugin's answer to "Verify Connection".
    test_support::HttpResponse verify(const std::string& url = "");
    /// The code of the refusal; empty when there is none. Checks that it says cause and remedy.
    std::string problem(const std::string& url = "");

    /// Jira's page and back: the callback's answer.
    test_support::HttpResponse allow(const std::string& authorizeUrl, const std::string& decision = "accept");
    void connect() { connectServer(jira, admin); }

    test_support::Simulator jira;
    test_support::StubHost host;
    test_support::HttpClient admin;
};

} // namespace integration
