#pragma once

#include "inbox_row.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace jira_plugin::store {
class Database;
}

namespace jira_plugin::sync {

/// What an organisation's inbox needs next.
struct InboxWork {
    bool isDue = false;          ///< something could be taken now
    std::int64_t nextDueMs = -1; ///< of what waits for later; -1: nothing
};

/// The deliveries of all organisations. Safe from any thread and from several processes: what one has
/// claimed, no other gets while the lease lasts, nor anything else about the same issue. Throws
/// store::StoreError.
class InboxStore {
public:
    explicit InboxStore(store::Database& database) : _database(database) {}

    /// Durable when it returns, all in one flush; those that are here already change nothing.
    void add(const std::vector<InboxRow>& rows);

    /// Leases what is due, in the order of arrival.
    std::vector<InboxRow> claim(const std::string& organisation, const std::string& owner, std::int64_t nowMs,
                                std::int64_t leaseUntilMs, std::int64_t limit);
    /// Gives back what this owner leased and has not settled.
    void release(const std::string& organisation, const std::string& owner);

    using IsAbandoned = std::function<bool(const std::string& owner, std::int64_t leaseUntilMs)>;
    /// Gives back what nobody works on any more.
    void sweep(const IsAbandoned& isAbandoned);

    using Deliveries = std::vector<std::string>;
    /// Applied. Kept, so that they are known when they come again.
    void finish(const std::string& organisation, const Deliveries& deliveries);
    /// Of no interest: not kept, since they have no effect when they come again either.
    void drop(const std::string& organisation, const Deliveries& deliveries);
    /// Free again from that time on. failed: counts as a try.
    void postpone(const std::string& organisation, const Deliveries& deliveries, std::int64_t dueAtMs,
                  bool failed);
    void park(const std::string& organisation, const Deliveries& deliveries, const std::string& cause,
              const std::string& message, const std::string& remedy);

    /// Organisations that have work. Costs as much as there are such.
    std::vector<std::string> organisations();
    /// What one of them has to do. What is free does not make it dearer, what others have leased does.
    InboxWork work(const std::string& organisation, std::int64_t nowMs);
    /// Everything that waits is due: the reason for waiting is gone.
    void wake(const std::string& organisation, std::int64_t nowMs);

    InboxCounts counts(const std::string& organisation);
    /// The oldest first.
    std::vector<ParkedDelivery> parked(const std::string& organisation, std::int64_t limit);
    /// Parked ones become due: one delivery, else all of a cause, else all. Returns how many.
    std::int64_t retry(const std::string& organisation, const std::string& delivery, const std::string& cause,
                       std::int64_t nowMs);

    /// Deletes what was done and arrived before.
    void forget(std::int64_t beforeMs);

private:
    store::Database& _database;
};

} // namespace jira_plugin::sync
