#include "abandoned_leases.hpp"

namespace jira_plugin::push {

// In a shared database leases last as long as their process gives signs of life. Who is alive is read after
// the leases: their holders were alive before.
bool AbandonedLeases::has(const std::string& owner, std::int64_t untilMs) {
    if (!_database.isShared())
        return _leases.isAbandoned(owner, _database.isSoleUser(), untilMs < _nowMs);
    if (!_alive)
        _alive = _database.read([&](Poco::Data::Session& session) { return _database.alive(session); });
    return _leases.isAbandoned(owner, *_alive);
}

} // namespace jira_plugin::push
