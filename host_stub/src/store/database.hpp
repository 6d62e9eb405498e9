#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <Poco/Data/Session.h>

#include "statement.hpp"

namespace aspm::host {

/// How much a write must outlive. Both survive the death of the process at once.
enum class Durability {
    Process, ///< a power cut may take back the last moments
    Power,   ///< on the disk at return
};

/// One connection in use. SQL with $1, $2, ... in order of appearance.
class Connection {
public:
    explicit Connection(Poco::Data::Session session);

    /// Runs a statement; answers how many rows it changed.
    template <typename... Args> std::size_t run(const std::string& sql, const Args&... args) {
        Statement statement(_statements, sql);
        (statement.borrow(args), ...);
        return statement.run();
    }

    template <typename... Args> Rows select(const std::string& sql, const Args&... args) {
        Statement statement(_statements, sql);
        (statement.bind(args), ...);
        return Rows(std::move(statement));
    }

    /// Runs statements that are separated by semicolons and take nothing.
    void script(const std::string& sql);

private:
    Poco::Data::Session _session;
    StatementCache _statements; // of the session, so gone before it
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
