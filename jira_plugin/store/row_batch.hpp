#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

/// One value for each row. Texts and whole numbers, in vectors of the same length.
class RowBatch {
public:
    RowBatch(Poco::Data::Session& session, std::string sql);

    void add(std::vector<std::string>& column);
    void add(std::vector<std::int64_t>& column);
    void run();

private:
    const std::string _sql;
    Poco::Data::Session& _session;
    Poco::Data::Statement _statement;
    std::vector<std::vector<std::string>> _columns; ///< for PostgreSQL
};

/// Runs a statement once for each row of these columns; the engine compiles it once. Poco's own way of
/// binding whole columns must not be taken: with PostgreSQL, Poco 1.11 frees a result twice when a row after
/// the first fails.
template <class... Columns>
void executeRows(Poco::Data::Session& session, std::string sql, Columns&... columns) {
    RowBatch batch(session, std::move(sql));
    (batch.add(columns), ...);
    batch.run();
}

} // namespace jira_plugin::store
