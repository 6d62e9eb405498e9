#pragma once

#include <mutex>
#include <set>
#include <string>

namespace jira_plugin::push {

/// The leases that threads of this process stand behind. A lease of this process that is not here belongs to
/// work that failed half-way. Safe from any thread.
class LeaseRegistry {
public:
    /// databaseInstance: names this process's opening of the database, see store::Database::instance.
    explicit LeaseRegistry(const std::string& databaseInstance);

    /// A lease owner that nobody had before.
    std::string begin();
    void end(const std::string& owner);

    /// Whether nobody stands behind this lease any more. isSoleUser: no other process uses the database, so
    /// leases of any other opening are dead; otherwise those of others last until they expire.
    bool isAbandoned(const std::string& owner, bool isSoleUser, bool isExpired) const;

    /// The same in a shared database, where leases last as long as their process, whatever their time.
    /// alive: see store::Database::alive.
    bool isAbandoned(const std::string& owner, const std::set<std::string>& alive) const;

private:
    bool isOfDeadThread(const std::string& owner) const;

    const std::string _database;
    const std::string _prefix;
    mutable std::mutex _mutex;
    std::set<std::string> _alive;
    long _last = 0;
};

} // namespace jira_plugin::push
