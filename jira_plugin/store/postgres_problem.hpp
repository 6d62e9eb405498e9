#pragma once

#include "errors.hpp"

#include <string>

#include <Poco/Exception.h>

namespace jira_plugin::store {

/// What can be done about an exception of PostgreSQL.
enum class PostgresTrouble {
    Conflict, ///< another transaction came between: the same work may go through now
    Lost,     ///< the connection is gone
    Other
};

/// By what PostgreSQL says. Whether the connection is alive, the session knows better.
PostgresTrouble troubleOf(const Poco::Exception& problem);

/// What an exception of PostgreSQL means for a person. shown: the database without its password.
StoreError explainPostgres(const Poco::Exception& problem, PostgresTrouble trouble, const std::string& shown);

} // namespace jira_plugin::store
