#include "store_move.hpp"

#include "database.hpp"
#include "postgres_url.hpp"

#include <filesystem>

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

void checkSource(const std::string& file) {
    if (!std::filesystem::is_regular_file(file))
        throw StoreError("There is no file " + file + ".",
                         "Name the plugin's file jira.sqlite in the data directory of the host.");
}

void checkSoleUser(const Database& source, const std::string& file) {
    if (!source.isSoleUser())
        throw StoreError("A host is running with " + file + ".",
                         "Stop the host, so that nothing changes while it is copied, and try again.");
}

void checkTarget(Session& session, const Database& target, const std::vector<Table>& tables,
                 const std::string& shown) {
    if (target.alive(session).size() > 1)
        throw StoreError("A host is running with " + shown + ".", "Stop it, and try again.");
    for (const Table& table : tables) {
        Poco::Int64 rows = 0;
        session << "SELECT COUNT(*) FROM " << table.name, into(rows), now;
        if (rows > 0)
            throw StoreError("The database " + shown + " is not empty: its table " + table.name + " has " +
                                 std::to_string(rows) + " rows.",
                             "Move into a new database. Two stores cannot be joined.");
    }
}

MoveReport copyAll(const std::vector<Table>& tables, Session& from, Session& to) {
    MoveReport report;
    for (const Table& table : tables) {
        const Tally read = copyRows(table, from, to);
        const Tally written = tallyOf(table, to);
        if (!(read == written))
            throw StoreError("The table " + table.name + " did not arrive as it was: " + read.text() +
                                 " were read, " + written.text() + " are there.",
                             "Nothing was changed. Check the encoding of the database (it must be UTF8) and "
                             "try again.");
        report.emplace_back(table.name, written);
    }
    return report;
}

// The database has everything by now: only this is left, whoever does it.
void putAside(const std::string& file) {
    std::error_code problem;
    std::filesystem::rename(file, file + ".moved", problem);
    if (problem)
        throw StoreError(
            "Everything was moved, but the file " + file + " cannot be renamed: " + problem.message() + ".",
            "Rename it to " + file +
                ".moved yourself, then set database.url. Do not move it again, and start no host "
                "with it: that would create tickets twice.");
}

} // namespace

MoveReport moveStore(const std::string& file, const std::string& url) {
    checkSource(file);
    const std::string shown = parsePostgresUrl(url).shown;
    MoveReport report;
    {
        Database source(file);
        checkSoleUser(source, file);
        Database target(url);
        Session from = source.session();
        const std::vector<Table> tables = tablesOf(from);
        report = target.transaction([&](Session& to) {
            checkTarget(to, target, tables, shown);
            return copyAll(tables, from, to);
        });
    }
    putAside(file);
    return report;
}

} // namespace jira_plugin::store
