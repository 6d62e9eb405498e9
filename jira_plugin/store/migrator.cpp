#include "migrator.hpp"

#include "errors.hpp"
#include "kill_point.hpp"

#include <set>

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;

std::vector<std::string> splitStatements(const std::string& sql) {
    std::vector<std::string> statements;
    std::string current;
    bool quoted = false;
    const auto finish = [&] {
        if (current.find_first_not_of(" \t\r\n") != std::string::npos)
            statements.push_back(current.substr(current.find_first_not_of(" \t\r\n")));
        current.clear();
    };
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (!quoted && sql.compare(i, 2, "--") == 0) {
            i = sql.find('\n', i);
            if (i == std::string::npos)
                break;
            current += '\n';
        } else if (!quoted && sql[i] == ';') {
            finish();
        } else {
            quoted ^= sql[i] == '\'';
            current += sql[i];
        }
    }
    finish();
    return statements;
}

namespace {

std::set<int> appliedVersions(Poco::Data::Session& session) {
    session << "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, name TEXT NOT NULL)",
        now;
    std::vector<int> versions;
    session << "SELECT version FROM schema_version", into(versions), now;
    return {versions.begin(), versions.end()};
}

} // namespace

void migrate(Poco::Data::Session& session, const std::vector<Migration>& steps, const std::string& shown) {
    const std::set<int> applied = appliedVersions(session);
    const int newest = steps.empty() ? 0 : steps.back().version;
    const int current = applied.empty() ? 0 : *applied.rbegin();
    if (current > newest)
        throw StoreError(
            "The Jira plugin's database " + shown + " was written by a newer version of the plugin (schema " +
                std::to_string(current) + "; this version knows schemas up to " + std::to_string(newest) +
                ").",
            "Install the newer version of the plugin again, or restore the copy of the database from "
            "before the upgrade.");
    for (const Migration& step : steps) {
        if (applied.count(step.version) != 0)
            continue;
        killPoint("store.migrate");
        for (const std::string& statement : splitStatements(step.sql))
            session << statement, now;
        session << "INSERT INTO schema_version (version, name) VALUES ($1, $2)", bind(step.version),
            bind(std::string(step.name)), now;
        killPoint("store.migrated");
    }
}

} // namespace jira_plugin::store
