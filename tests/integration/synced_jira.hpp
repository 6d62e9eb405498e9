#pragma once

#include "data_center.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace integration {

/// A Jira that is connected, mapped and has its webhook, and what tests of two-way sync do in it.
class SyncedJira {
    std::unique_ptr<ConnectedHost> _cloud;
    std::unique_ptr<DataCenterHost> _server;

public:
    /// deployment: "cloud", or the version of a Data Center.
    explicit SyncedJira(const std::string& deployment = "cloud");

    test_support::Simulator& jira;
    test_support::StubHost& host;

    /// Findings of a project that is mapped, each with a ticket that Jira's webhook told of.
    std::vector<std::string> pushed(int count, const std::string& project = "payments-api") const;
    std::string keyOf(const std::string& finding) const; ///< of its ticket, as the host knows it
    std::string statusOf(const std::string& finding) const;

    /// Something that Priya does to a ticket: "transition", "comment", "edit", ... of the control API.
    test_support::Json act(const std::string& key, const std::string& what,
                           const std::string& members = "{}") const;
    void move(const std::string& key, const std::string& status, const std::string& resolution = "") const;
    std::string comment(const std::string& key, const std::string& text) const; ///< answers its id

    bool becomes(const std::string& finding, const std::string& status) const;
    /// How many entries of the plugin's on the timeline contain a text.
    int told(const std::string& finding, const std::string& part) const;
    bool tells(const std::string& finding, const std::string& part, int times = 1) const;
    /// Waits until all deliveries are sent and all that came is applied.
    void settle() const;
    /// Requests so far that write to issues what people see.
    long long writes() const;
};

} // namespace integration
