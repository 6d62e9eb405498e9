#pragma once

#include "host/finding.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace jira_plugin::store {

class Database;

/// What was last heard of a finding.
struct SeenFinding {
    static SeenFinding of(const host::Finding& finding, const std::string& event);

    std::string organisation;
    std::string finding;
    std::int64_t revision = 0;
    std::string event;
    host::FindingStatus status = host::FindingStatus::Open;
    host::Severity severity = host::Severity::Info;
    std::string dueDate;
};

/// A change of a finding on its way to its ticket; the columns are described with the table.
struct OutwardTask {
    std::string organisation;
    std::string id;
    std::string finding;
    std::string kind;
    std::string occasion;
    std::string oldValue;
    std::string newValue;
    std::string snapshot; ///< the finding, as push/snapshot writes it
    std::string who;
    std::string why;
    std::int64_t createdAtMs = 0;
    std::int64_t generation = 1;
    bool begun = false;
    std::string state = "queued";
    std::int64_t dueAtMs = 0;
    std::int64_t failures = 0;
    std::string cause;
    std::string message;
    std::string remedy;
};

/// The queue of changes on their way to existing tickets. Tasks of one ticket are taken together and in
/// order, by one worker at a time, in this process or another. Safe from any thread. Throws StoreError.
class OutwardStore {
public:
    explicit OutwardStore(Database& database) : _database(database) {}

    std::optional<SeenFinding> seen(const std::string& organisation, const std::string& finding);

    /// Remembers what was heard and queues what follows from it, in one transaction. A task whose finding is
    /// back where the ticket believes it to be vanishes. False, and nothing done, for a change that is older
    /// than what was heard, or the same.
    bool take(const SeenFinding& heard, const std::vector<OutwardTask>& tasks);
    /// The first half of `take`, inside a transaction of the caller's.
    static bool see(Poco::Data::Session& session, const SeenFinding& heard);
    /// Queues a task that follows from no change.
    void queue(const OutwardTask& task);

    struct Claimed {
        std::string system;
        std::string issueId;
        std::vector<OutwardTask> tasks; ///< in order; empty: nothing was due
    };
    /// Leases what is due of one ticket.
    Claimed claim(const std::string& organisation, const std::string& owner, std::int64_t nowMs,
                  std::int64_t leaseUntilMs);

    /// The three outcomes of a task. One that was changed meanwhile is due again instead.
    void finish(const OutwardTask& task);
    void wait(const OutwardTask& task, std::int64_t dueAtMs, const std::string& message,
              const std::string& remedy);
    void park(const OutwardTask& task, const std::string& cause, const std::string& message,
              const std::string& remedy);
    /// Gives back everything that this owner still has.
    void release(const std::string& organisation, const std::string& owner);

    using IsAbandoned = std::function<bool(const std::string& owner, std::int64_t leaseUntilMs)>;
    /// Frees what nobody works on any more.
    void sweep(const IsAbandoned& isAbandoned);

    struct Work {
        std::string organisation;
        std::int64_t dueAtMs = 0; ///< of the first ticket
    };
    /// Organisations with something to write to a ticket that exists and is not leased.
    std::vector<Work> work();

private:
    Database& _database;
};

} // namespace jira_plugin::store
