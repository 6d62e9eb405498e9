#pragma once

#include "outbox_row.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::store {

class Database;

/// A row with the finding as it was when the push was asked for (as push/snapshot writes it).
struct ClaimedRow {
    OutboxRow row;
    std::string snapshot;
};

/// What an organisation's queue needs next.
struct OrganisationWork {
    std::string organisation;
    std::int64_t due = 0;         ///< rows that could be sent now and are not leased
    std::int64_t nextDueMs = -1;  ///< of what is queued or waits for later; -1: nothing
    std::int64_t doubtDueMs = -1; ///< of the next look-up; -1: nothing is in doubt
};

/// The queue of findings on their way to Jira, one row per finding for ever. Safe from any thread and from
/// several processes: what one has claimed, no other gets while the lease lasts, and a change is only written
/// on the revision that it was decided by. Throws StoreError.
class OutboxStore {
public:
    explicit OutboxStore(Database& database) : _database(database) {}

    std::optional<OutboxRow> find(const std::string& organisation, const std::string& finding);
    std::optional<ClaimedRow> findWithSnapshot(const std::string& organisation, const std::string& finding);

    /// The rows whose tickets carry this label.
    std::vector<OutboxRow> labelled(const std::string& organisation, const std::string& label);

    /// Whether there may be tickets in Jira that are linked to nothing yet: sent, and the answer is not
    /// written.
    bool awaitsAnswers(const std::string& organisation);

    /// Leases what is due: the most severe first, then the oldest. Nothing is written when nothing is due.
    std::vector<ClaimedRow> claim(const std::string& organisation, const std::string& owner,
                                  std::int64_t nowMs, std::int64_t leaseUntilMs, std::int64_t limit);

    /// Gives back what this owner leased and has not marked as being sent.
    void release(const std::string& organisation, const std::string& owner);

    /// The intent to send, written before the request leaves.
    struct Sending {
        std::string finding;
        std::int64_t revision = 0;
        std::string jiraProject;
        bool labelled = true;
    };
    /// Marks rows as being sent to this Jira; returns the findings that really are this owner's to send.
    std::set<std::string> markSending(const std::string& organisation, const std::string& owner,
                                      const std::string& system, const std::vector<Sending>& rows,
                                      std::int64_t nowMs, std::int64_t leaseUntilMs);

    /// Writes what became of rows, with their links, in one transaction. A created ticket is written whatever
    /// the row's revision (it exists), everything else only on its revision. Returns the findings written.
    std::set<std::string> apply(const std::string& organisation, const std::vector<OutboxChange>& changes,
                                std::int64_t nowMs);

    /// Rows in doubt whose look-up is due, the earliest first.
    std::vector<OutboxRow> inDoubt(const std::string& organisation, std::int64_t nowMs, std::int64_t limit);

    /// Whether a lease has nobody behind it any more. alive: see Database::alive.
    using IsAbandoned = std::function<bool(const std::string& owner, std::int64_t leaseUntilMs,
                                           const std::set<std::string>& alive)>;
    /// Rows that were being sent under an abandoned lease become in doubt, the other ones are free again.
    /// Returns how many became in doubt.
    std::int64_t sweep(const IsAbandoned& isAbandoned, std::int64_t nowMs, const std::string& message,
                       const std::string& remedy);

    /// Work of every organisation that has any.
    std::vector<OrganisationWork> work(std::int64_t nowMs);

    /// A look-up that found nothing yet.
    struct Postponement {
        std::string finding;
        std::int64_t revision = 0;
        std::int64_t dueAtMs = 0;
        std::int64_t sentAtMs = 0;
    };
    void postpone(const std::string& organisation, const std::vector<Postponement>& rows);

    /// Everything that is queued waits for the same cause.
    void hold(const std::string& organisation, const std::string& cause, const std::string& message,
              const std::string& remedy, std::int64_t untilMs, std::int64_t nowMs);
    /// What waits for this cause is queued again.
    void wake(const std::string& organisation, const std::string& cause, std::int64_t nowMs);

    /// Which parked rows to queue again. Empty members do not restrict.
    struct Requeue {
        std::vector<std::string> findings;
        std::string project;
        std::string cause;
        std::vector<std::string> causePrefixes; ///< any of them
    };
    /// Parked rows become queued. Returns how many.
    std::int64_t requeue(const std::string& organisation, const Requeue& which, std::int64_t nowMs);

private:
    Database& _database;
};

} // namespace jira_plugin::store
