#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "world/app_links.hpp"
#include "world/clock.hpp"
#include "world/deployment.hpp"
#include "world/events.hpp"
#include "world/grants.hpp"
#include "world/oauth1.hpp"
#include "world/random.hpp"
#include "world/rate_limits.hpp"
#include "world/site.hpp"
#include "world/webhooks.hpp"

namespace jira_sim {

/// How the world looks at the start.
struct WorldOptions {
    std::uint64_t seed = 1;
    int extraProjects = 0;
    /// Names of the sites; the first has the projects of the seed. Empty: the account has no Jira site.
    std::vector<std::string> siteNames = {"acme"};
    bool projects = true; ///< false: the sites have no project
    Deployment deployment = Deployment::Cloud;
};

/// All state of the stand-in: sites, people, grants, time. No HTTP in here.
/// Every access happens under `mutex()`; the clock alone may be read without.
class World {
public:
    explicit World(const WorldOptions& options);

    std::mutex& mutex() { return _mutex; }
    Clock& clock() { return _clock; }
    std::int64_t nowMs() const { return _clock.nowMs(); }
    Random& random() { return _random; }
    Grants& grants() { return _grants; }
    bool isDataCenter() const { return _deployment == Deployment::DataCenter; }
    AppLinks& appLinks() { return _appLinks; }
    OAuth1& oauth1() { return _oauth1; }
    RateLimits& rateLimits() { return _rateLimits; }
    Webhooks& webhooks() { return _webhooks; }

    /// Told of every event, under the mutex. Set before the world is used by several threads.
    void onEvent(std::function<void(const Event&)> listener) { _listener = std::move(listener); }
    void announce(const Event& event) const {
        if (_listener)
            _listener(event);
    }

    std::vector<User>& users() { return _users; }
    User* user(const std::string& accountId);
    /// Data Center: by login, in any case.
    User* userByName(const std::string& name);
    std::vector<std::unique_ptr<Site>>& sites() { return _sites; }
    Site* site(const std::string& cloudId);

    std::int64_t indexDelayMs() const { return _indexDelayMs; }
    void setIndexDelayMs(std::int64_t delay) { _indexDelayMs = delay; }

    /// Stores a new version of an issue, seen by searches after the index delay.
    void store(Site& site, const Issue& issue) { site.issues.put(issue, nowMs(), _indexDelayMs); }
    void erase(Site& site, const Issue& issue) { site.issues.erase(issue.id, nowMs(), _indexDelayMs); }

private:
    std::mutex _mutex;
    Clock _clock;
    Random _random;
    Grants _grants;
    Deployment _deployment;
    AppLinks _appLinks;
    OAuth1 _oauth1;
    RateLimits _rateLimits;
    Webhooks _webhooks;
    std::function<void(const Event&)> _listener;
    std::vector<User> _users;
    std::vector<std::unique_ptr<Site>> _sites;
    std::int64_t _indexDelayMs = 1000;
};

} // namespace jira_sim
