#pragma once

#include "host/services.hpp"
#include "store/database.hpp"

#include <string>

namespace jira_plugin::entry {

/// Where the plugin keeps its state, and how it shares it.
struct DatabasePlace {
    std::string place; ///< as store::Database takes it; may hold a password
    store::DatabaseOptions options;
};

/// What database.url names, or an SQLite file in the plugin's directory. Throws std::invalid_argument, which
/// names the key and never quotes the URL.
DatabasePlace databasePlace(host::Config& config, const std::string& dataDirectory);

} // namespace jira_plugin::entry
