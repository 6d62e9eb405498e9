#pragma once

#include "dialect.hpp"

#include <functional>
#include <memory>
#include <string>

#include <Poco/Data/Session.h>

namespace jira_plugin::store {

struct PostgresUrl;

/// Whether a transaction is on the disk when it returns. Without, it survives the end of the process, but a
/// power cut may take it back: for what costs nothing to lose, such as leases.
enum class Flush { Yes, No };

/// What a transaction is kept apart from. Serial: from everything, as if it ran alone; whatever it read and
/// decided by still holds when it commits. Rows: from changes of the rows that it locks or changes, which is
/// enough, and cheaper among many hosts, when it decides by no others.
enum class Isolation { Serial, Rows };

/// One kind of database behind Database. Safe from any thread. Everything throws StoreError.
class Engine {
public:
    using Work = std::function<void(Poco::Data::Session&)>;

    virtual ~Engine() = default;
    virtual const Dialect& dialect() const = 0;

    /// A session that goes back by itself when the last copy is gone.
    virtual Poco::Data::Session session() = 0;
    virtual void inSession(const Work& work) = 0;
    virtual void inTransaction(const Work& work, Flush flush, Isolation isolation) = 0;

    /// See Database::scrub.
    virtual void scrub() noexcept = 0;

    /// Whether other processes, on other machines, may have the database open at any time.
    virtual bool isShared() const = 0;
    /// Whether no other process had it open when this engine opened it; never of a shared one.
    virtual bool isSoleUser() const = 0;
};

/// path: an absolute file name.
std::unique_ptr<Engine> openSqlite(const std::string& path);
std::unique_ptr<Engine> openPostgres(PostgresUrl url);

} // namespace jira_plugin::store
