#pragma once

#include "push/lease_registry.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace jira_plugin::sync {

/// The right to do a job for an organisation, which one thread of one host has at a time. A right whose
/// holder died ends by itself. Safe from any thread. Throws store::StoreError.
class JobLeases {
public:
    /// database: borrowed, outlives this.
    explicit JobLeases(store::Database& database) : _database(database), _alive(database.instance()) {}

    /// Gives the right back when it goes.
    class Lease {
    public:
        Lease(JobLeases& leases, std::string organisation, std::string job, std::string owner)
            : _leases(leases), _organisation(std::move(organisation)), _job(std::move(job)),
              _owner(std::move(owner)) {}
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        /// For as long again. False when it was lost, which takes a clock that was set or a very long pause.
        bool extend(std::int64_t nowMs);

    private:
        JobLeases& _leases;
        const std::string _organisation;
        const std::string _job;
        const std::string _owner;
    };

    /// Nothing while somebody else has it, or when it was begun less than minIntervalMs ago.
    std::unique_ptr<Lease> take(const std::string& organisation, const std::string& job, std::int64_t nowMs,
                                std::int64_t minIntervalMs = 0);
    bool isTaken(const std::string& organisation, const std::string& job, std::int64_t nowMs);

private:
    bool isHeld(Poco::Data::Session& session, const std::string& owner, bool isOver) const;

    store::Database& _database;
    push::LeaseRegistry _alive;
};

} // namespace jira_plugin::sync
