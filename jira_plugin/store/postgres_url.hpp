#pragma once

#include <string>

namespace jira_plugin::store {

/// Where a PostgreSQL database is, from a URL as libpq reads it.
struct PostgresUrl {
    std::string connection; ///< "name=value ..." for Poco; holds the password: never to be shown
    std::string shown;      ///< "postgresql://host:port/database" for messages
};

/// Whether a text means a PostgreSQL database: it begins with postgresql:// or postgres://.
bool isPostgresUrl(const std::string& text);

/// postgresql://user:password@host:port/database?sslmode=...; all of libpq's parameters may follow. Without
/// sslmode, a server on another machine is only reached over TLS. Throws std::invalid_argument, whose text
/// quotes nothing of what could be the password.
PostgresUrl parsePostgresUrl(const std::string& url);

} // namespace jira_plugin::store
