#pragma once

#include "http_client.hpp"
#include "processors.hpp"
#include "simulator.hpp"
#include "stub_host.hpp"

#include <string>

namespace bench {

extern const std::string project; ///< the host's project that everything is pushed in

/// So many tickets are created before anything is measured: metadata is cached then, all lanes have their
/// connections, and the allocators have grown to their working size.
constexpr int warmUp = 300;

/// A simulator that stays on these processors.
test_support::Simulator startedOn(const Processors& processors, test_support::SimulatorOptions options);

/// Whether Jira tells the host of what happens.
enum class Webhook { Kept, TakenOut };

/// A simulator, and a host with the plugin that is connected to it and has `project` mapped.
struct World {
    /// Both start where `placement` says; this thread is the client's, and its owner keeps it there.
    World(int lanes, test_support::SimulatorOptions simulator, const Placement& placement = {},
          Webhook webhook = Webhook::TakenOut);

    /// Adds findings, without pushing them.
    void add(int findings) const;

    /// Pushes all that has no ticket yet, and returns when the host knows the ticket of each. Throws
    /// std::runtime_error unless there are `tickets` more in Jira afterwards.
    void push(int tickets) const;

    /// Stops Jira, and has all that has no ticket yet queued: on the disk of the plugin, with its receipts at
    /// the host.
    void queue() const;

    /// Lets Jira answer again, and returns when the plugin has stored the tickets of what is queued. Throws
    /// std::runtime_error unless there are `tickets` more then.
    void drain(int tickets);

    test_support::Simulator jira;
    test_support::StubHost host;

private:
    void awaitWebhook() const;
    void takeWebhookOut() const;
    long long stored();

    test_support::HttpClient _admin;
};

} // namespace bench
