#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include <Poco/AutoPtr.h>
#include <Poco/Data/PostgreSQL/SessionImpl.h>
#include <Poco/Data/Session.h>

namespace jira_plugin::store {

/// Runs one or several statements without parameters in one round trip; returns what
/// PostgreSQL says it has done last. Throws Poco::Data::PostgreSQL
/// exceptions.
std::string execute(Poco::Data::PostgreSQL::SessionImpl& session, const std::string& statements);

/// Runs one statement for each row of columns of the same length, with their values as text, many in one
/// round trip.
void executeRows(Poco::Data::PostgreSQL::SessionImpl& session, const std::string& statement,
                 const std::vector<std::vector<std::string>>& columns);

/// Sessions to one PostgreSQL server, opened when needed and used again. A session counts as idle when only
/// this refers to it. One whose connection died is connected anew before it is used again, and never thrown
/// away: Poco frees the memory of a connection only while it is alive. Safe from any thread.
class PostgresSessions {
public:
    using Impl = Poco::AutoPtr<Poco::Data::PostgreSQL::SessionImpl>;

    explicit PostgresSessions(std::string connection) : _connection(std::move(connection)) {}

    /// Throws Poco::Data::PostgreSQL exceptions.
    Impl take();

    /// A connection was found dead: those that are idle may be as well, and are connected anew.
    void distrust();

private:
    struct Kept {
        Impl session;
        std::int64_t trusted; ///< the turn of distrust in which it was connected
    };
    Impl idle(std::int64_t& turn, bool& isTrusted);
    void trust(const Impl& session, std::int64_t turn);
    void trim();
    void connectAnew(Impl session);

    const std::string _connection;
    std::mutex _mutex;
    std::vector<Kept> _kept;
    std::int64_t _turn = 0;
};

} // namespace jira_plugin::store
