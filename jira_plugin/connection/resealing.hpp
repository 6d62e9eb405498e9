#pragma once

#include "sealed.hpp"

#include "host/services.hpp"
#include "store/database.hpp"

#include <cstddef>
#include <string>

namespace jira_plugin::connection {

/// Seals with the host's present keys what earlier ones sealed, in all tables in which secrets stay for
/// longer than a day, so that the host may take an earlier key away. Data Center needs it: its tokens and its
/// key pair last for years. Safe from any thread, and while others write: what changed meanwhile is left
/// alone.
class Resealing {
public:
    /// All borrowed, outlive this.
    Resealing(store::Database& database, const Sealer& sealer, host::Log& log)
        : _database(database), _sealer(sealer), _log(log) {}

    /// Answers how many texts it sealed. What cannot be opened is told in the log and stays as it is.
    std::size_t run();

private:
    struct Place;

    std::size_t reseal(const Place& place);
    bool sealAgain(const Place& place, const std::string& organisation, const std::string& text);

    store::Database& _database;
    const Sealer& _sealer;
    host::Log& _log;
};

} // namespace jira_plugin::connection
