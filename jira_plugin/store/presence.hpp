#pragma once

#include "engine.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace jira_plugin::store {

/// This process's sign of life in a database that several share: a row that a thread renews until this ends.
/// A process without one counts as dead, and the others take over what it had in hand. Time is the
/// database's. Safe from any thread.
class Presence {
public:
    /// engine: borrowed, outlives this. lengthMs: how long one sign lasts. Throws StoreError when the first
    /// sign cannot be given.
    Presence(Engine& engine, std::string instance, std::int64_t lengthMs);
    /// Takes the sign back, so that nobody waits for its end.
    ~Presence();
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;

    /// All that are alive, this one always among them.
    std::set<std::string> alive(Poco::Data::Session& session) const;

    /// Whether the last sign lasts for this long yet, by a clock that nobody sets.
    bool lastsFor(std::chrono::milliseconds time) const;

    /// See Database::onVanished.
    void onVanished(std::function<void()> listener);

private:
    /// Does work from time to time until this ends.
    void repeat(const std::function<void()>& work);
    void renew();
    void takeAway(const std::string& instance);
    void tellOfVanished();

    Engine& _engine;
    const std::string _instance;
    const std::chrono::milliseconds _length;
    mutable std::mutex _mutex;
    std::condition_variable _ending;
    bool _isEnding = false;
    std::chrono::steady_clock::time_point _renewedAt;
    std::mutex _listening; ///< held during a call of the listener
    std::function<void()> _listener;
    std::thread _signing;
    std::thread _watching; ///< clearing up may take long, and holds up no sign
};

} // namespace jira_plugin::store
