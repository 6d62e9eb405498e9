#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace aspm::host {

/// How much a write must outlive. Both survive the death of the process at once.
enum class Durability {
    Process, ///< a power cut may take back the last moments
    Power,   ///< on the disk at return
};

/// The rows of one answer, read by column number.
class Rows {
public:
    explicit Rows(const Poco::Data::Statement& executed) : _set(executed), _more(_set.moveFirst()) {}

    bool next();
    std::string text(std::size_t column) const;
    std::int64_t integer(std::size_t column) const;

private:
    mutable Poco::Data::RecordSet _set; // reading the current row is not const there
    bool _more;
    bool _first = true;
};

/// One connection in use. SQL with $1, $2, ... in order of appearance.
class Connection {
public:
    explicit Connection(Poco::Data::Session session) : _session(std::move(session)) {}

    /// Runs a statement; answers how many rows it changed.
    template <typename... Args> std::size_t run(const std::string& sql, const Args&... args) {
        Poco::Data::Statement statement(_session);
        statement << sql;
        (bind(statement, args), ...);
        return statement.execute();
    }

    template <typename... Args> Rows select(const std::string& sql, const Args&... args) {
        Poco::Data::Statement statement(_session);
        statement << sql;
        (bind(statement, args), ...);
        statement.execute();
        return Rows(statement);
    }

    Poco::Data::Session& session() { return _session; }

private:
    static void bind(Poco::Data::Statement& statement, const std::string& value) {
        statement.addBind(Poco::Data::Keywords::bind(value));
    }
    static void bind(Poco::Data::Statement& statement, std::int64_t value) {
        statement.addBind(Poco::Data::Keywords::bind(static_cast<Poco::Int64>(value)));
    }

    Poco::Data::Session _session;
};

/// The host's SQLite file. Reads go side by side, writes one after another. Safe from any thread; do not call
/// a plugin inside either.
class Database {
public:
    /// Opens or creates the file and brings its schema up to date. Throws Problem.
    explicit Database(std::filesystem::path file);
    ~Database();

    template <typename Fn> auto read(Fn fn) {
        Lease lease(*this);
        return fn(*lease.connection);
    }

    /// One transaction: rolled back when fn throws.
    template <typename Fn> auto write(Durability durability, Fn fn) {
        std::lock_guard<std::mutex> lock(_writeMutex);
        Transaction transaction(durability == Durability::Power ? *_durable : *_quick);
        if constexpr (std::is_void_v<decltype(fn(transaction.connection))>) {
            fn(transaction.connection);
            transaction.commit();
        } else {
            auto result = fn(transaction.connection);
            transaction.commit();
            return result;
        }
    }

    template <typename Fn> auto write(Fn fn) { return write(Durability::Power, fn); }

private:
    struct Lease {
        explicit Lease(Database& owner);
        ~Lease();
        Database& database;
        std::unique_ptr<Connection> connection;
    };
    struct Transaction {
        explicit Transaction(Connection& used);
        ~Transaction();
        void commit();
        Connection& connection;
        bool open = true;
    };

    std::unique_ptr<Connection> connect(const char* synchronous) const;
    void migrate();

    std::filesystem::path _file;
    std::mutex _writeMutex;
    std::unique_ptr<Connection> _durable;
    std::unique_ptr<Connection> _quick;
    std::mutex _readMutex;
    std::vector<std::unique_ptr<Connection>> _idle;
};

/// The schema, step by step; a database remembers how many steps it has taken.
const std::vector<std::string>& schemaSteps();

} // namespace aspm::host
