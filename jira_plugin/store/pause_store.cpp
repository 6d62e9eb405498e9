#include "pause_store.hpp"

#include "database.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

std::optional<Pause> PauseStore::find(const std::string& organisation) {
    return _database.read([&](Session& session) -> std::optional<Pause> {
        Pause pause;
        std::string kind;
        session << "SELECT kind, since_ms, until_ms, failures, message, remedy FROM push_pause "
                   "WHERE organisation = $1",
            bind(organisation), into(kind), into(pause.sinceMs), into(pause.untilMs), into(pause.failures),
            into(pause.message), into(pause.remedy), now;
        if (kind.empty())
            return std::nullopt;
        pause.kind = kind == "connection" ? Pause::Kind::Connection : Pause::Kind::Busy;
        return pause;
    });
}

void PauseStore::set(const std::string& organisation, const Pause& pause) {
    const std::string kind = pause.kind == Pause::Kind::Connection ? "connection" : "busy";
    _database.transaction([&](Session& session) {
        session
            << "INSERT INTO push_pause (organisation, kind, since_ms, until_ms, failures, message, remedy) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation) DO UPDATE SET "
               "kind = excluded.kind, since_ms = excluded.since_ms, until_ms = excluded.until_ms, "
               "failures = excluded.failures, message = excluded.message, remedy = excluded.remedy",
            bind(organisation), bind(kind), bind(pause.sinceMs), bind(pause.untilMs), bind(pause.failures),
            bind(pause.message), bind(pause.remedy), now;
    });
}

std::optional<Pause> PauseStore::clear(const std::string& organisation) {
    const auto pause = find(organisation);
    if (pause)
        _database.transaction([&](Session& session) {
            session << "DELETE FROM push_pause WHERE organisation = $1", bind(organisation), now;
        });
    return pause;
}

} // namespace jira_plugin::store
