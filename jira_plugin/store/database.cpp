#include "database.hpp"

#include "postgres_url.hpp"
#include "presence.hpp"
#include "random.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;

Database::Database(const std::string& place, const DatabaseOptions& options)
    : _instance(randomHex(8)),
      _engine(isPostgresUrl(place) ? openPostgres(parsePostgresUrl(place)) : openSqlite(place)) {
    if (_engine->isShared())
        _presence = std::make_unique<Presence>(*_engine, _instance, options.presenceMs);
}

Database::~Database() = default;

Poco::Data::Session Database::session() {
    return _engine->session();
}

std::set<std::string> Database::alive(Poco::Data::Session& session) const {
    return _presence ? _presence->alive(session) : std::set<std::string>{_instance};
}

bool Database::isPresentFor(std::int64_t ms) const {
    return !_presence || _presence->lastsFor(std::chrono::milliseconds(ms));
}

std::int64_t Database::leaseClockMs(Poco::Data::Session& session, std::int64_t ownMs) const {
    if (!isShared())
        return ownMs;
    std::int64_t nowMs = 0;
    session << "SELECT " << dialect().clockMs, into(nowMs), now;
    return nowMs;
}

void Database::onVanished(std::function<void()> listener) {
    if (_presence)
        _presence->onVanished(std::move(listener));
}

} // namespace jira_plugin::store
