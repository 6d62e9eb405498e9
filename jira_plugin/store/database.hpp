#pragma once

#include "dialect.hpp"
#include "errors.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include <Poco/Data/Session.h>

namespace jira_plugin::store {

class SessionPool;

/// Whether a transaction is on the disk when it returns. Without, it survives the end of the process, but a
/// power cut may take it back: for what costs nothing to lose, such as leases.
enum class Flush { Yes, No };

/// The plugin's database: an SQLite file in WAL mode with synchronous=FULL, so that what was committed
/// survives a power cut. Opening creates the file (readable by its owner only) and brings the schema up to
/// date. Safe from any thread; a session is used by one thread at a time.
class Database {
public:
    /// path: an absolute file name. Throws StoreError when it cannot be opened, written or understood.
    explicit Database(const std::string& path);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// A session of the pool; it goes back by itself when the last copy is gone. For statements that stand
    /// alone. A statement must not outlive its session. Throws StoreError.
    Poco::Data::Session session();

    /// Runs work inside a transaction that holds the write lock, commits when it returns and rolls back when
    /// it throws; returns what work returns. Everything in one call costs one flush to disk. Not to be
    /// nested. Exceptions of the database become StoreError; others pass unchanged.
    template <class Work> auto transaction(Work&& work, Flush flush = Flush::Yes);

    /// Runs work on a session outside a transaction, with the database's exceptions as StoreError.
    template <class Work> auto read(Work&& work);

    const Dialect& dialect() const { return sqliteDialect; }

    /// Names this opening of the database: different in every process and at every start.
    const std::string& instance() const { return _instance; }

    /// True when no other living process had the database open when this one opened it: whatever an earlier
    /// process left half done is then certainly abandoned.
    bool isSoleUser() const { return _soleUser; }

private:
    void inTransaction(const std::function<void(Poco::Data::Session&)>& work, Flush flush);
    void inSession(const std::function<void(Poco::Data::Session&)>& work);
    void takeLock();

    const std::string _path;
    const std::string _instance;
    std::unique_ptr<SessionPool> _sessions;
    int _lockFile = -1;
    bool _soleUser = false;
};

template <class Work> auto Database::transaction(Work&& work, Flush flush) {
    using Result = std::invoke_result_t<Work, Poco::Data::Session&>;
    if constexpr (std::is_void_v<Result>) {
        inTransaction([&](Poco::Data::Session& session) { work(session); }, flush);
    } else {
        std::optional<Result> result;
        inTransaction([&](Poco::Data::Session& session) { result.emplace(work(session)); }, flush);
        return std::move(*result);
    }
}

template <class Work> auto Database::read(Work&& work) {
    using Result = std::invoke_result_t<Work, Poco::Data::Session&>;
    std::optional<Result> result;
    inSession([&](Poco::Data::Session& session) { result.emplace(work(session)); });
    return std::move(*result);
}

} // namespace jira_plugin::store
