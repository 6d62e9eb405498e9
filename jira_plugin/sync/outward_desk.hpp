#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::host {
class Clock;
}

namespace jira_plugin::sync {

/// Something that is still to be written to a ticket, as the settings pages show it.
struct OutwardListed {
    std::string id;
    std::string finding;
    std::string issueKey; ///< empty while the ticket is being created
    std::string issueUrl;
    std::string what;  ///< a sentence: "Close the ticket: resolved by a scan."
    std::string state; ///< "queued", "waiting" (tried, and tried again at dueAtMs), "parked"
    std::int64_t sinceMs = 0;
    std::int64_t dueAtMs = 0;
    std::string cause; ///< with "parked": the same for all that have the same remedy
    std::string message;
    std::string remedy;
};

/// What the settings API shows and does about the queue of changes on their way to existing tickets. Safe
/// from any thread. Throws store::StoreError.
class OutwardDesk {
public:
    /// Both borrowed, outlive this. wake: called when something became due.
    OutwardDesk(store::Database& database, host::Clock& clock, std::function<void()> wake);

    struct Counts {
        std::int64_t queued = 0;
        std::int64_t waiting = 0;
        std::int64_t parked = 0;
    };
    Counts counts(const std::string& organisation);

    struct Listing {
        std::vector<OutwardListed> rows; ///< the oldest first
        std::string next;                ///< hand it back for the following page; empty: this was the last
    };
    /// state: one of the three words; empty: all. after: `next` of the page before, or empty. Throws
    /// std::invalid_argument for an `after` that is none.
    Listing list(const std::string& organisation, const std::string& state, const std::string& after,
                 std::int64_t limit);

    /// Make parked changes due again: one (false: it is not parked), all of a cause, all. Return how many.
    bool retry(const std::string& organisation, const std::string& id);
    std::int64_t retryCause(const std::string& organisation, const std::string& cause);
    std::int64_t retryAll(const std::string& organisation);
    /// Takes a parked change off the queue: the ticket stays as it is. False: it is not parked.
    bool drop(const std::string& organisation, const std::string& id);

private:
    store::Database& _database;
    host::Clock& _clock;
    const std::function<void()> _wake;
};

} // namespace jira_plugin::sync
