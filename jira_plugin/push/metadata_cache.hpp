#pragma once

#include "jira/client.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace jira_plugin::push {

/// Monotonic time; tests hand in their own.
using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;

/// What rarely changes in Jira and is needed for every ticket: create screens, and who can be assigned. Each
/// answer is kept for a quarter of an hour; several threads that miss the same thing ask Jira once. Failures
/// are not kept. Safe from any thread; no lock is held while Jira is asked.
class MetadataCache {
public:
    explicit MetadataCache(SteadyClock clock = &std::chrono::steady_clock::now);
    ~MetadataCache();
    MetadataCache(const MetadataCache&) = delete;
    MetadataCache& operator=(const MetadataCache&) = delete;

    /// All three throw what the client throws.
    std::shared_ptr<const jira::CreateScreen> createScreen(const std::string& organisation,
                                                           jira::Client& client, const std::string& projectId,
                                                           const std::string& issueTypeId);
    /// Nothing when the account cannot be assigned in this project.
    std::optional<jira::User> assignable(const std::string& organisation, jira::Client& client,
                                         const std::string& projectKey, const std::string& accountId);
    /// The one person whom this e-mail address or, failing that, exact name means among those assignable;
    /// nothing when there is none or more than one.
    std::optional<jira::User> assignableMember(const std::string& organisation, jira::Client& client,
                                               const std::string& projectKey, const std::string& email,
                                               const std::string& name);

    /// Forgets one create screen: Jira refused a draft that was made from it.
    void dropScreen(const std::string& organisation, const std::string& projectId,
                    const std::string& issueTypeId);
    /// Forgets everything of an organisation: it is connected anew.
    void drop(const std::string& organisation);

private:
    template <class Value> class Entries;
    std::unique_ptr<Entries<jira::CreateScreen>> _screens;
    std::unique_ptr<Entries<std::optional<jira::User>>> _people;
};

} // namespace jira_plugin::push
