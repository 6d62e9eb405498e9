#pragma once

#include "metadata_cache.hpp"
#include "outcome.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>

namespace jira_plugin::push {

/// Remembers for a few minutes that Jira refuses every issue of a project and type, so that hundreds of
/// findings do not each hear the same refusal. Safe from any thread.
class RefusalMemory {
public:
    explicit RefusalMemory(SteadyClock clock = &std::chrono::steady_clock::now) : _clock(std::move(clock)) {}

    void remember(const std::string& organisation, const std::string& projectId,
                  const std::string& issueTypeId, const Ruling& ruling);
    std::optional<Ruling> recall(const std::string& organisation, const std::string& projectId,
                                 const std::string& issueTypeId);
    /// Somebody changed something: ask Jira again.
    void forget(const std::string& organisation);

private:
    using Key = std::tuple<std::string, std::string, std::string>;
    struct Entry {
        Ruling ruling;
        std::chrono::steady_clock::time_point until;
    };
    const SteadyClock _clock;
    std::mutex _mutex;
    std::map<Key, Entry> _entries;
};

} // namespace jira_plugin::push
