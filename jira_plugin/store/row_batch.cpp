#include "row_batch.hpp"

#include "postgres_sessions.hpp"

namespace jira_plugin::store {

using Poco::Data::Keywords::use;

namespace {

Poco::Data::PostgreSQL::SessionImpl* postgresOf(Poco::Data::Session& session) {
    return dynamic_cast<Poco::Data::PostgreSQL::SessionImpl*>(session.impl());
}

} // namespace

RowBatch::RowBatch(Poco::Data::Session& session, std::string sql)
    : _sql(std::move(sql)), _session(session), _statement(session) {
    if (!postgresOf(session))
        _statement << _sql;
}

void RowBatch::add(std::vector<std::string>& column) {
    if (postgresOf(_session))
        _columns.push_back(column);
    else
        _statement, use(column);
}

void RowBatch::add(std::vector<std::int64_t>& column) {
    if (!postgresOf(_session)) {
        _statement, use(column);
        return;
    }
    std::vector<std::string> texts;
    texts.reserve(column.size());
    for (const std::int64_t value : column)
        texts.push_back(std::to_string(value));
    _columns.push_back(std::move(texts));
}

void RowBatch::run() {
    if (auto* postgres = postgresOf(_session))
        executeRows(*postgres, _sql, _columns);
    else
        _statement.execute();
}

} // namespace jira_plugin::store
