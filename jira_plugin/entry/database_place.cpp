#include "database_place.hpp"

#include "host/config_number.hpp"
#include "store/postgres_url.hpp"

#include <stdexcept>

namespace jira_plugin::entry {

DatabasePlace databasePlace(host::Config& config, const std::string& dataDirectory) {
    DatabasePlace result;
    result.options.presenceMs = 1000 * host::configNumber(config, "database.host_timeout_seconds",
                                                          result.options.presenceMs / 1000, 3, 600);
    const auto url = config.get("database.url");
    if (!url || url->empty()) {
        result.place = dataDirectory + "/jira.sqlite";
        return result;
    }
    store::parsePostgresUrl(*url); // refuses with the reason
    result.place = *url;
    return result;
}

} // namespace jira_plugin::entry
