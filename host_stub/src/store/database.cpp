#include "database.hpp"

#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/SQLite/SessionImpl.h>
#include <Poco/Data/SQLite/Utility.h>
#include <sqlite3.h>

#include <aspm_host/problem.hpp>

namespace aspm::host {

namespace {

constexpr std::size_t busySeconds = 10;

// SQLite counts its memory for whoever asks: under one lock for all threads, at each allocation. Nobody asks.
// It is refused once SQLite is in use, which does no harm.
void countNoMemory() {
    static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(once);
}

} // namespace

Connection::Connection(Poco::Data::Session session)
    : _session(std::move(session)), _statements(Poco::Data::SQLite::Utility::dbHandle(_session)) {}

void Connection::script(const std::string& sql) {
    sqlite3* database = Poco::Data::SQLite::Utility::dbHandle(_session);
    const int result = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK)
        Poco::Data::SQLite::Utility::throwException(database, result);
}

Database::Database(std::filesystem::path file) : _file(std::move(file)) {
    countNoMemory();
    try {
        _durable = connect("FULL");
        migrate();
        _quick = connect("NORMAL");
    } catch (const Poco::Exception& e) {
        throw Problem(
            "The host's database " + _file.string() + " cannot be used: " + e.displayText() + ".",
            "Check that the file and its directory are writable by this user and the disk is not full, or "
            "choose another directory with --data.");
    }
}

Database::~Database() = default;

std::unique_ptr<Connection> Database::connect(const char* synchronous) const {
    Poco::AutoPtr<Poco::Data::SQLite::SessionImpl> impl(
        new Poco::Data::SQLite::SessionImpl(_file.string(), busySeconds));
    auto connection = std::make_unique<Connection>(Poco::Data::Session(impl));
    // A checkpoint writes each page once, however often it has changed: rarely is cheaper. 4000 pages are
    // 16 MB of log.
    connection->script(std::string("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; "
                                   "PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -4096; "
                                   "PRAGMA synchronous = ") +
                       synchronous);
    return connection;
}

void Database::migrate() {
    std::int64_t done = 0;
    {
        Rows rows = _durable->select("PRAGMA user_version");
        done = rows.next() ? rows.integer(0) : 0;
    }
    const auto& steps = schemaSteps();
    if (done > static_cast<std::int64_t>(steps.size()))
        throw Problem("The host's database " + _file.string() + " was written by a newer host_stub.",
                      "Use that host_stub, or another directory with --data.");
    // Also proves, before anything else depends on it, that the file can be written.
    Transaction transaction(*_durable);
    for (std::size_t step = static_cast<std::size_t>(done); step < steps.size(); ++step)
        _durable->script(steps[step]);
    _durable->script("PRAGMA user_version = " + std::to_string(steps.size()));
    transaction.commit();
}

Database::Lease::Lease(Database& owner) : database(owner) {
    {
        std::lock_guard<std::mutex> lock(database._readMutex);
        if (!database._idle.empty()) {
            connection = std::move(database._idle.back());
            database._idle.pop_back();
        }
    }
    if (!connection)
        connection = database.connect("NORMAL");
}

Database::Lease::~Lease() {
    std::lock_guard<std::mutex> lock(database._readMutex);
    database._idle.push_back(std::move(connection));
}

Database::Transaction::Transaction(Connection& used) : connection(used) {
    connection.run("BEGIN IMMEDIATE");
}

Database::Transaction::~Transaction() {
    if (!open)
        return;
    try {
        connection.run("ROLLBACK");
    } catch (const Poco::Exception&) { // SQLite has rolled back by itself
    }
}

void Database::Transaction::commit() {
    connection.run("COMMIT");
    open = false;
}

} // namespace aspm::host
