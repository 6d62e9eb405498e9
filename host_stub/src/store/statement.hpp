#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace aspm::host {

/// The statements that one connection has compiled, for the next time. SQLite takes longer to compile most of
/// ours than to run them, and Poco::Data compiles anew each time.
class StatementCache {
public:
    explicit StatementCache(sqlite3* database) : _database(database) {}
    ~StatementCache();
    StatementCache(const StatementCache&) = delete;
    StatementCache& operator=(const StatementCache&) = delete;

    /// Whoever takes one has it alone: a second of the same text is compiled for whoever comes meanwhile.
    /// Throws Poco::Data exceptions.
    sqlite3_stmt* take(const std::string& sql);
    void giveBack(sqlite3_stmt* statement);

private:
    sqlite3* _database;
    std::unordered_map<std::string, sqlite3_stmt*> _idle;
};

/// A statement in use; goes back to its cache by itself. Throws Poco::Data exceptions.
class Statement {
public:
    Statement(StatementCache& cache, const std::string& sql) : _cache(&cache), _statement(cache.take(sql)) {}
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Values in order of appearance. What is borrowed has to stay until the statement has run.
    void bind(const std::string& value);
    void bind(std::int64_t value);
    void borrow(const std::string& value);
    void borrow(std::int64_t value) { bind(value); }

    /// Runs to the end; answers how many rows it changed.
    std::size_t run();
    /// Runs to the next row; false after the last.
    bool step();

    std::string text(std::size_t column) const;
    std::int64_t integer(std::size_t column) const;

private:
    void check(int result) const;

    StatementCache* _cache;
    sqlite3_stmt* _statement;
    int _bound = 0;
};

/// The rows of one answer, read by column number. Not to outlive the connection.
class Rows {
public:
    explicit Rows(Statement statement) : _statement(std::move(statement)), _more(_statement.step()) {}

    bool next();
    /// What is NULL reads as "" and 0.
    std::string text(std::size_t column) const { return _statement.text(column); }
    std::int64_t integer(std::size_t column) const { return _statement.integer(column); }

private:
    Statement _statement;
    bool _more;
    bool _first = true;
};

} // namespace aspm::host
