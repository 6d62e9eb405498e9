#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <Poco/Data/Session.h>

namespace jira_plugin::store {

struct Table {
    std::string name;
    std::vector<std::string> columns;
};

/// How many rows, and a sum over all of their contents that does not depend on their order.
struct Tally {
    std::int64_t rows = 0;
    std::array<std::uint64_t, 2> sum{};

    void add(const std::vector<std::string>& row);
    bool operator==(const Tally& other) const { return rows == other.rows && sum == other.sum; }
    std::string text() const; ///< "12 rows, 0123456789abcdef..."
};

/// The tables of an SQLite file that hold what the plugin knows, by name: all but the schema's version and
/// the processes that use it.
std::vector<Table> tablesOf(Poco::Data::Session& sqlite);

/// Copies all rows and returns what was read. Texts become what PostgreSQL keeps, see storable.
Tally copyRows(const Table& table, Poco::Data::Session& from, Poco::Data::Session& to);

Tally tallyOf(const Table& table, Poco::Data::Session& session);

} // namespace jira_plugin::store
