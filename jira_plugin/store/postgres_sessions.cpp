#include "postgres_sessions.hpp"

#include <algorithm>
#include <memory>

#include <Poco/Data/DataException.h>
#include <Poco/Data/PostgreSQL/PostgreSQLException.h>
#include <libpq-fe.h>

namespace jira_plugin::store {
namespace {

namespace postgres = Poco::Data::PostgreSQL;

constexpr std::size_t idleSessionsKept = 8;
constexpr std::size_t openSeconds = 10;

// Transactions are as isolated as SQLite's unless they say otherwise. A host that stops in the middle of one
// does not hold up the others for longer than this.
constexpr const char* settings = "SET default_transaction_isolation = 'serializable';"
                                 "SET idle_in_transaction_session_timeout = '60s';"
                                 "SET lock_timeout = '20s';"
                                 "SET statement_timeout = '120s';"
                                 "SET client_min_messages = 'warning'";

// Poco keeps the memory and the socket of a connection that could not be made, so one is tried first.
void tryConnecting(const std::string& connection) {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> made(PQconnectdb(connection.c_str()), &PQfinish);
    if (PQstatus(made.get()) != CONNECTION_OK)
        throw Poco::Data::ConnectionFailedException(PQerrorMessage(made.get()));
}

} // namespace

namespace {

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

bool isWell(const Result& result) {
    const auto status = PQresultStatus(result.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

[[noreturn]] void fail(PGconn* connection, const Result& result) {
    const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    const std::string said = PQresultErrorMessage(result.get());
    throw postgres::StatementException(
        "execute error: " + (said.empty() ? std::string(PQerrorMessage(connection)) : said) +
        " State: " + (state ? state : "08006"));
}

std::string checked(PGconn* connection, const Result& result) {
    if (!isWell(result))
        fail(connection, result);
    return PQcmdStatus(result.get());
}

using Columns = std::vector<std::vector<std::string>>;

// Rows that are sent before the answers are read: few enough that the server never waits for us to read.
constexpr std::size_t rowsPerTrip = 100;

bool send(PGconn* connection, const Columns& columns, std::size_t row) {
    std::vector<const char*> values;
    for (const auto& column : columns)
        values.push_back(column[row].c_str());
    return PQsendQueryPrepared(connection, "", static_cast<int>(values.size()), values.data(), nullptr,
                               nullptr, 0) == 1;
}

// Reads on behind a failure, to the end of the trip, since the connection is used again. What follows the
// failure was not run.
Result failureOf(PGconn* connection) {
    Result failure(nullptr, &PQclear);
    while (PQstatus(connection) == CONNECTION_OK) {
        Result result(PQgetResult(connection), &PQclear);
        if (!result)
            continue; // the end of one row's answers
        if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC)
            break;
        if (!failure && !isWell(result))
            failure = std::move(result);
    }
    return failure;
}

void sendRows(PGconn* connection, const Columns& columns, std::size_t first, std::size_t end) {
    bool isSent = PQenterPipelineMode(connection) == 1;
    for (std::size_t row = first; row < end && isSent; ++row)
        isSent = send(connection, columns, row);
    const bool isAsked = PQpipelineSync(connection) == 1;
    const Result failure = isAsked ? failureOf(connection) : Result(nullptr, &PQclear);
    const bool isOver = PQexitPipelineMode(connection) == 1;
    if (failure || !isSent || !isOver)
        fail(connection, failure);
}

} // namespace

std::string execute(postgres::SessionImpl& session, const std::string& statements) {
    PGconn* connection = session.handle();
    return checked(connection, Result(PQexec(connection, statements.c_str()), &PQclear));
}

void executeRows(postgres::SessionImpl& session, const std::string& statement,
                 const std::vector<std::vector<std::string>>& columns) {
    PGconn* connection = session.handle();
    const int count = static_cast<int>(columns.size());
    const std::size_t rows = columns.empty() ? 0 : columns.front().size();
    checked(connection, Result(PQprepare(connection, "", statement.c_str(), count, nullptr), &PQclear));
    for (std::size_t row = 0; row < rows; row += rowsPerTrip)
        sendRows(connection, columns, row, std::min(rows, row + rowsPerTrip));
}

PostgresSessions::Impl PostgresSessions::take() {
    std::int64_t turn = 0;
    bool isTrusted = false;
    if (Impl session = idle(turn, isTrusted); !session.isNull()) {
        if (!isTrusted || !session->isConnected()) {
            connectAnew(session);
            trust(session, turn);
        }
        return session;
    }
    tryConnecting(_connection);
    Impl session = new postgres::SessionImpl(_connection, openSeconds);
    PQsetNoticeProcessor(
        session->handle(), [](void*, const char*) {}, nullptr); // not on the host's stderr
    execute(*session, settings);
    const std::lock_guard<std::mutex> lock(_mutex);
    _kept.push_back({session, turn});
    return session;
}

PostgresSessions::Impl PostgresSessions::idle(std::int64_t& turn, bool& isTrusted) {
    const std::lock_guard<std::mutex> lock(_mutex);
    turn = _turn;
    const auto isIdle = [](const Kept& kept) { return kept.session->referenceCount() == 1; };
    const auto found = std::find_if(_kept.begin(), _kept.end(), isIdle);
    if (found == _kept.end())
        return nullptr;
    isTrusted = found->trusted == _turn;
    Impl session = found->session; // not idle from here on
    trim();
    return session;
}

void PostgresSessions::trust(const Impl& session, std::int64_t turn) {
    const std::lock_guard<std::mutex> lock(_mutex);
    for (Kept& kept : _kept)
        if (kept.session == session)
            kept.trusted = turn;
}

// Only living ones are let go, the last first.
void PostgresSessions::trim() {
    for (std::size_t i = _kept.size(); i-- > idleSessionsKept;)
        if (_kept[i].session->referenceCount() == 1 && _kept[i].session->isConnected())
            _kept.erase(_kept.begin() + static_cast<std::ptrdiff_t>(i));
}

void PostgresSessions::connectAnew(Impl session) {
    if (!session->handle().reset()) {
        PGconn* connection = session->handle();
        throw Poco::Data::ConnectionFailedException(PQerrorMessage(connection));
    }
    execute(*session, settings);
}

void PostgresSessions::distrust() {
    const std::lock_guard<std::mutex> lock(_mutex);
    ++_turn;
}

} // namespace jira_plugin::store
