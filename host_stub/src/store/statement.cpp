#include "statement.hpp"

#include <utility>

#include <Poco/Data/SQLite/Utility.h>
#include <sqlite3.h>

namespace aspm::host {

namespace {
// More than there are different ones; a bound all the same, as lists put their filters into the text.
constexpr std::size_t mostKept = 200;
} // namespace

StatementCache::~StatementCache() {
    for (const auto& [sql, statement] : _idle)
        sqlite3_finalize(statement);
}

sqlite3_stmt* StatementCache::take(const std::string& sql) {
    if (const auto found = _idle.find(sql); found != _idle.end()) {
        sqlite3_stmt* statement = found->second;
        _idle.erase(found);
        return statement;
    }
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v3(_database, sql.c_str(), static_cast<int>(sql.size()) + 1,
                                          SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result != SQLITE_OK)
        Poco::Data::SQLite::Utility::throwException(_database, result);
    return statement;
}

void StatementCache::giveBack(sqlite3_stmt* statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (_idle.size() >= mostKept || !_idle.emplace(sqlite3_sql(statement), statement).second)
        sqlite3_finalize(statement);
}

Statement::~Statement() {
    if (_statement != nullptr)
        _cache->giveBack(_statement);
}

Statement::Statement(Statement&& other) noexcept
    : _cache(other._cache), _statement(std::exchange(other._statement, nullptr)), _bound(other._bound) {}

void Statement::check(int result) const {
    if (result != SQLITE_OK)
        Poco::Data::SQLite::Utility::throwException(sqlite3_db_handle(_statement), result);
}

void Statement::bind(const std::string& value) {
    check(
        sqlite3_bind_text64(_statement, ++_bound, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(std::int64_t value) {
    check(sqlite3_bind_int64(_statement, ++_bound, value));
}

void Statement::borrow(const std::string& value) {
    check(sqlite3_bind_text64(_statement, ++_bound, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

std::size_t Statement::run() {
    while (step()) {
    }
    return static_cast<std::size_t>(sqlite3_changes(sqlite3_db_handle(_statement)));
}

bool Statement::step() {
    const int result = sqlite3_step(_statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        check(result);
    return result == SQLITE_ROW;
}

std::string Statement::text(std::size_t column) const {
    const auto at = static_cast<int>(column);
    const auto* text = sqlite3_column_text(_statement, at);
    return text == nullptr ? std::string()
                           : std::string(reinterpret_cast<const char*>(text),
                                         static_cast<std::size_t>(sqlite3_column_bytes(_statement, at)));
}

std::int64_t Statement::integer(std::size_t column) const {
    return sqlite3_column_int64(_statement, static_cast<int>(column));
}

bool Rows::next() {
    if (_first)
        _first = false;
    else if (_more)
        _more = _statement.step();
    return _more;
}

} // namespace aspm::host
