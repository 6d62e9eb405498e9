#pragma once

#include "engine.hpp"
#include "errors.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>

#include <Poco/Data/Session.h>

namespace jira_plugin::store {

class Presence;

struct DatabaseOptions {
    /// How long a process that shares the database counts as alive without a sign of life.
    std::int64_t presenceMs = 30'000;
};

/// The plugin's database: an SQLite file of its own, or a PostgreSQL database that several hosts share.
/// Opening creates the file (readable by its owner only) and brings the schema up to date. Safe from any
/// thread; a session is used by one thread at a time.
class Database {
public:
    /// place: an absolute file name, or a URL that begins with postgresql:// or postgres://. Throws
    /// StoreError when it cannot be opened, written or understood, std::invalid_argument for a URL that is
    /// none.
    explicit Database(const std::string& place, const DatabaseOptions& options = {});
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// A session of the pool; it goes back by itself when the last copy is gone. For statements that stand
    /// alone. A statement must not outlive its session. Throws StoreError.
    Poco::Data::Session session();

    /// Runs work inside a transaction, commits when it returns and rolls back when it throws; returns what
    /// work returns. Everything in one call costs one flush to disk. Not to be nested. Where hosts share the
    /// database, work may run again from the start when another transaction came between: it must not use up
    /// what it captures. Exceptions of the database become StoreError; others pass unchanged.
    template <class Work>
    auto transaction(Work&& work, Flush flush = Flush::Yes, Isolation isolation = Isolation::Serial);

    /// Runs work, which only reads, on a session outside a transaction, with the database's exceptions as
    /// StoreError. It may run again as above.
    template <class Work> auto read(Work&& work);

    /// Takes what was deleted out of the database's own files, too: for secrets. SQLite: empties its log of
    /// changes, since each deletion overwrites the file itself; what fails here is done with the next
    /// checkpoint. PostgreSQL: nothing, its server's files are in its care.
    void scrub() noexcept { _engine->scrub(); }

    const Dialect& dialect() const { return _engine->dialect(); }

    /// Names this opening of the database, 16 characters: different in every process and at every start.
    const std::string& instance() const { return _instance; }

    /// Whether other processes, on other machines, may have the database open at any time.
    bool isShared() const { return _engine->isShared(); }

    /// True when no other living process had the database open when this one opened it: whatever an earlier
    /// process left half done is then certainly abandoned. Never true of a shared database.
    bool isSoleUser() const { return _engine->isSoleUser(); }

    /// The openings that are alive, this one among them; of a database that is not shared this one alone.
    /// Read inside the transaction that is going to take something away from the others. They are told apart
    /// by the database's clock, whatever the hosts' clocks say.
    std::set<std::string> alive(Poco::Data::Session& session) const;

    /// Whether the others count this opening as alive for `ms` more at least. What it holds leases on is its
    /// own only while this is true.
    bool isPresentFor(std::int64_t ms) const;

    /// What leases are timed by: the database's clock where hosts would have to agree on theirs, else ownMs.
    std::int64_t leaseClockMs(Poco::Data::Session& session, std::int64_t ownMs) const;

    /// Called, on a thread of the database, when other openings have vanished without a word. One listener;
    /// an empty one ends that and waits for a call that is under way.
    void onVanished(std::function<void()> listener);

private:
    const std::string _instance;
    std::unique_ptr<Engine> _engine;
    std::unique_ptr<Presence> _presence; ///< of a shared database only
};

template <class Work> auto Database::transaction(Work&& work, Flush flush, Isolation isolation) {
    using Result = std::invoke_result_t<Work, Poco::Data::Session&>;
    if constexpr (std::is_void_v<Result>) {
        _engine->inTransaction([&](Poco::Data::Session& session) { work(session); }, flush, isolation);
    } else {
        std::optional<Result> result;
        _engine->inTransaction([&](Poco::Data::Session& session) { result.emplace(work(session)); }, flush,
                               isolation);
        return std::move(*result);
    }
}

template <class Work> auto Database::read(Work&& work) {
    using Result = std::invoke_result_t<Work, Poco::Data::Session&>;
    std::optional<Result> result;
    _engine->inSession([&](Poco::Data::Session& session) { result.emplace(work(session)); });
    return std::move(*result);
}

} // namespace jira_plugin::store
