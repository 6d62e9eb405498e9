#pragma once

#include "gate.hpp"
#include "jira_steps.hpp"
#include "simulator.hpp"
#include "stub_host.hpp"

#include <map>
#include <string>
#include <vector>

namespace integration {

/// The name of the running test as a file name, for its trace.
std::string traceName();

/// Jira for a test whose trace is checked against Atlassian's description afterwards.
test_support::SimulatorOptions traced(std::vector<std::string> arguments = {});

/// Where most tests begin: Jira, and a host whose organisation acme is connected to it and has the three
/// mappings of the user guide.
struct ConnectedHost {
    explicit ConnectedHost(test_support::SimulatorOptions simulator = traced(),
                           const std::map<std::string, std::string>& config = {});

    /// What a ticket of the simulator looks like; throws when the finding has none.
    test_support::Json ticketOf(const std::string& finding) const;

    /// Waits until the push of no finding is under way any more. False when that does not happen.
    bool settles() const;

    /// Sets both clocks forward, so that Jira's index keeps its distance to the plugin's settling time.
    void advance(std::chrono::milliseconds by) const;

    test_support::Simulator jira;
    test_support::StubHost host;
};

/// The label that marks a ticket as that of one finding, e.g. aspm-0123456789abcdef0123. Throws when there is
/// not exactly one.
std::string dedupeLabelOf(const test_support::Json& issue);

/// How many issues of the simulator carry each dedupe label.
std::map<std::string, int> ticketsByLabel(const test_support::Simulator& jira);

/// The part of a bundle's directory that a test may spoil.
std::filesystem::path copyOfBundle(const test_support::TempDir& directory);

} // namespace integration
