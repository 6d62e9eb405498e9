#include "table_copy.hpp"

#include "row_batch.hpp"
#include "sql_text.hpp"
#include "storable_text.hpp"

#include <cstdio>
#include <functional>

#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Statement.h>
#include <openssl/sha.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;

namespace {

constexpr std::size_t portion = 500;

std::string listed(const std::vector<std::string>& names, const std::string& before,
                   const std::string& after) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + before + name + after;
    return text;
}

using Columns = std::vector<std::vector<std::string>>;

// All rows as text, a portion at a time, each column apart.
void readRows(const Table& table, Session& session, const std::function<void(Columns&)>& take) {
    Columns columns(table.columns.size());
    Statement select(session);
    select << "SELECT " << listed(table.columns, "CAST(", " AS TEXT)") << " FROM " << table.name;
    for (auto& column : columns)
        select, into(column);
    select, limit(portion);
    while (!select.done()) {
        for (auto& column : columns)
            column.clear();
        if (select.execute() == 0)
            break;
        for (auto& column : columns)
            for (auto& value : column)
                value = storable(value);
        take(columns);
    }
}

void tally(const Columns& columns, Tally& result) {
    for (std::size_t row = 0; row < columns.front().size(); ++row) {
        std::vector<std::string> values;
        for (const auto& column : columns)
            values.push_back(column[row]);
        result.add(values);
    }
}

} // namespace

void Tally::add(const std::vector<std::string>& row) {
    std::string content;
    for (const std::string& value : row)
        content += std::to_string(value.size()) + ":" + value;
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest);
    for (std::size_t i = 0; i < 16; ++i)
        sum[i / 8] += static_cast<std::uint64_t>(digest[i]) << (8 * (i % 8));
    ++rows;
}

std::string Tally::text() const {
    char hex[33];
    std::snprintf(hex, sizeof hex, "%016llx%016llx", static_cast<unsigned long long>(sum[0]),
                  static_cast<unsigned long long>(sum[1]));
    return std::to_string(rows) + (rows == 1 ? " row, " : " rows, ") + hex;
}

std::vector<Table> tablesOf(Session& sqlite) {
    std::vector<std::string> names;
    sqlite << "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
              "AND name NOT IN ('schema_version', 'process') ORDER BY name",
        into(names), now;
    std::vector<Table> tables;
    for (const std::string& name : names) {
        Table table{name, {}};
        sqlite << "SELECT name FROM pragma_table_info($1) ORDER BY cid", bind(name), into(table.columns), now;
        tables.push_back(std::move(table));
    }
    return tables;
}

Tally copyRows(const Table& table, Session& from, Session& to) {
    Tally result;
    const std::string insert = "INSERT INTO " + table.name + " (" + listed(table.columns, "", "") +
                               ") VALUES (" + placeholders(1, table.columns.size()) + ")";
    readRows(table, from, [&](Columns& columns) {
        tally(columns, result);
        RowBatch batch(to, insert);
        for (auto& column : columns)
            batch.add(column);
        batch.run();
    });
    return result;
}

Tally tallyOf(const Table& table, Session& session) {
    Tally result;
    readRows(table, session, [&](Columns& columns) { tally(columns, result); });
    return result;
}

} // namespace jira_plugin::store
