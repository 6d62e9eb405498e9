#pragma once

#include <string>
#include <vector>

#include <Poco/Data/Session.h>

namespace jira_plugin::store {

/// A step of the schema. Steps are numbered in their order and never change once released.
struct Migration {
    int version;
    const char* name;
    const char* sql;
};

/// The steps under store/migrations, built into the library.
const std::vector<Migration>& migrations();

/// The statements of an SQL text, without comments: engines take one at a time. Knows quotes and "--"
/// comments, not procedural bodies.
std::vector<std::string> splitStatements(const std::string& sql);

/// Applies what is missing, inside the caller's transaction, which no other migration may run beside. shown:
/// names the database in messages. Throws StoreError when the database was written
/// by a newer version.
void migrate(Poco::Data::Session& session, const std::vector<Migration>& steps, const std::string& shown);

} // namespace jira_plugin::store
