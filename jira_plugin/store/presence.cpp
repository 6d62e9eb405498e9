#include "presence.hpp"

#include "errors.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

Presence::Presence(Engine& engine, std::string instance, std::int64_t lengthMs)
    : _engine(engine), _instance(std::move(instance)), _length(lengthMs) {
    renew();
    _signing = std::thread([this] { repeat([this] { renew(); }); });
    _watching = std::thread([this] { repeat([this] { tellOfVanished(); }); });
}

Presence::~Presence() {
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        _isEnding = true;
    }
    _ending.notify_all();
    _signing.join();
    _watching.join();
    try {
        _engine.inTransaction(
            [this](Session& session) {
                session << "UPDATE process SET until_ms = 0 WHERE instance = $1", bind(_instance), now;
            },
            Flush::No, Isolation::Rows);
    } catch (const StoreError&) {
        // The sign runs out by itself.
    }
}

void Presence::repeat(const std::function<void()>& work) {
    std::unique_lock<std::mutex> lock(_mutex);
    while (!_ending.wait_for(lock, _length / 6, [this] { return _isEnding; })) {
        lock.unlock();
        try {
            work();
        } catch (const std::exception&) {
            // Out of reach: whoever works with the database hears of it, and isPresentFor says no in time.
        }
        lock.lock();
    }
}

void Presence::renew() {
    const auto begun = std::chrono::steady_clock::now(); // the sign is at least as young as this
    const std::string until =
        std::string(_engine.dialect().clockMs) + " + " + std::to_string(_length.count());
    _engine.inTransaction(
        [&](Session& session) {
            session << "INSERT INTO process (instance, until_ms) VALUES ($1, " << until
                    << ") ON CONFLICT (instance) DO UPDATE SET until_ms = excluded.until_ms",
                bind(_instance), now;
        },
        Flush::No, Isolation::Rows);
    const std::lock_guard<std::mutex> lock(_mutex);
    _renewedAt = begun;
}

std::set<std::string> Presence::alive(Session& session) const {
    std::vector<std::string> instances;
    session << "SELECT instance FROM process WHERE until_ms > " << _engine.dialect().clockMs, into(instances),
        now;
    std::set<std::string> result(instances.begin(), instances.end());
    result.insert(_instance);
    return result;
}

bool Presence::lastsFor(std::chrono::milliseconds time) const {
    const std::lock_guard<std::mutex> lock(_mutex);
    return std::chrono::steady_clock::now() + time < _renewedAt + _length;
}

void Presence::onVanished(std::function<void()> listener) {
    const std::lock_guard<std::mutex> lock(_listening);
    _listener = std::move(listener);
}

// The rows of the dead go after the listener has cleared up behind them: should this process die over that,
// the next one finds them.
void Presence::tellOfVanished() {
    std::vector<std::string> dead;
    _engine.inSession([&](Session& session) {
        dead.clear();
        session << "SELECT instance FROM process WHERE instance <> $1 AND until_ms <= "
                << _engine.dialect().clockMs,
            bind(_instance), into(dead), now;
    });
    if (dead.empty())
        return;
    const std::lock_guard<std::mutex> lock(_listening);
    if (!_listener)
        return;
    _listener();
    for (const std::string& instance : dead)
        takeAway(instance);
}

void Presence::takeAway(const std::string& instance) {
    _engine.inTransaction(
        [&](Session& session) {
            session << "DELETE FROM process WHERE instance = $1 AND until_ms <= "
                    << _engine.dialect().clockMs,
                bind(instance), now;
        },
        Flush::No, Isolation::Rows);
}

} // namespace jira_plugin::store
