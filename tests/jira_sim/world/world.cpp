#include "world/world.hpp"

#include <Poco/String.h>

#include "world/seed.hpp"

namespace jira_sim {

namespace {

/// A Data Center is one site.
std::vector<std::string> siteNames(const WorldOptions& options) {
    if (options.deployment == Deployment::Cloud)
        return options.siteNames;
    return {options.siteNames.empty() ? "acme" : options.siteNames.front()};
}

} // namespace

World::World(const WorldOptions& options)
    : _random(options.seed), _grants(_random), _deployment(options.deployment), _oauth1(_random) {
    seed::people(_users, _random);
    std::int64_t index = 0;
    for (const std::string& name : siteNames(options)) {
        auto site = std::make_unique<Site>();
        site->cloudId = _random.uuid();
        site->name = name;
        // Ids of different sites overlap on the real Jira as well; the offset only tells them apart in logs.
        site->nextIssueId = 10000 + 100000 * index++;
        seed::schemes(*site);
        if (options.projects) {
            seed::projects(*site, _users, _random);
            seed::generatedProjects(*site, _users, _random, options.extraProjects);
        }
        if (isDataCenter())
            seed::asDataCenter(*site, _users);
        _sites.push_back(std::move(site));
    }
    if (isDataCenter())
        _indexDelayMs = 0; // the index of a node is written with the issue
}

User* World::user(const std::string& accountId) {
    for (User& candidate : _users)
        if (candidate.accountId == accountId)
            return &candidate;
    return nullptr;
}

User* World::userByName(const std::string& name) {
    for (User& candidate : _users)
        if (Poco::icompare(candidate.name, name) == 0)
            return &candidate;
    return nullptr;
}

Site* World::site(const std::string& cloudId) {
    for (const auto& candidate : _sites)
        if (candidate->cloudId == cloudId)
            return candidate.get();
    return nullptr;
}

const char* categoryKey(int categoryId) {
    return categoryId == 3 ? "done" : categoryId == 4 ? "indeterminate" : "new";
}

const char* categoryName(int categoryId) {
    return categoryId == 3 ? "Done" : categoryId == 4 ? "In Progress" : "To Do";
}

} // namespace jira_sim
