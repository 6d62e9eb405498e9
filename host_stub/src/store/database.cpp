#include "database.hpp"

#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/SQLite/SessionImpl.h>

#include <aspm_host/problem.hpp>

namespace aspm::host {

namespace {
constexpr std::size_t busySeconds = 10;
}

bool Rows::next() {
    if (_first)
        _first = false;
    else if (_more)
        _more = _set.moveNext();
    return _more;
}

std::string Rows::text(std::size_t column) const {
    Poco::Dynamic::Var value = _set.value(column);
    return value.isEmpty() ? std::string() : value.convert<std::string>();
}

std::int64_t Rows::integer(std::size_t column) const {
    Poco::Dynamic::Var value = _set.value(column);
    return value.isEmpty() ? 0 : value.convert<Poco::Int64>();
}

Database::Database(std::filesystem::path file) : _file(std::move(file)) {
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
    connection->select("PRAGMA journal_mode = WAL");
    connection->run(std::string("PRAGMA synchronous = ") + synchronous);
    connection->run("PRAGMA foreign_keys = ON");
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
    for (std::size_t step = static_cast<std::size_t>(done); step < steps.size(); ++step) {
        std::string text = steps[step];
        for (std::size_t end; (end = text.find(';')) != std::string::npos; text.erase(0, end + 1))
            _durable->run(text.substr(0, end));
    }
    _durable->run("PRAGMA user_version = " + std::to_string(steps.size()));
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
