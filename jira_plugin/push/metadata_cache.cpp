#include "metadata_cache.hpp"

#include "jira/errors.hpp"

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

#include <Poco/UTF8String.h>

namespace jira_plugin::push {
namespace {

constexpr std::chrono::minutes lifetime{15};
constexpr int candidates = 10;

bool isSame(const std::string& one, const std::string& other) {
    return Poco::UTF8::icompare(one, other) == 0;
}

std::optional<jira::User> onlyOne(const std::vector<jira::User>& users) {
    return users.size() == 1 ? std::optional<jira::User>(users.front()) : std::nullopt;
}

// Jira matches beginnings of names and addresses, and hides most addresses. An address that is shown must be
// the one asked for; one that is hidden counts when nobody else came back.
std::optional<jira::User> byEmail(jira::Client& client, const std::string& projectKey,
                                  const std::string& email) {
    std::vector<jira::User> found = client.assignableUsers(projectKey, email, candidates);
    for (const jira::User& user : found)
        if (user.active && isSame(user.email, email))
            return user;
    const auto useless = [](const jira::User& user) { return !user.active || !user.email.empty(); };
    found.erase(std::remove_if(found.begin(), found.end(), useless), found.end());
    return onlyOne(found);
}

std::optional<jira::User> byName(jira::Client& client, const std::string& projectKey,
                                 const std::string& name) {
    std::vector<jira::User> found = client.assignableUsers(projectKey, name, candidates);
    const auto other = [&](const jira::User& user) {
        return !user.active || !isSame(user.displayName, name);
    };
    found.erase(std::remove_if(found.begin(), found.end(), other), found.end());
    return onlyOne(found);
}

// A Jira that does not let us look people up has nobody to assign; asking again for each finding helps
// nobody.
template <class Ask> std::optional<jira::User> unlessRefused(Ask&& ask) {
    try {
        return ask();
    } catch (const jira::Refusal&) {
        return std::nullopt;
    }
}

} // namespace

/// Answers by key. The first to miss a key asks; the others wait for that answer.
template <class Value> class MetadataCache::Entries {
public:
    using Key = std::vector<std::string>; ///< begins with the organisation
    using Answer = std::shared_ptr<const Value>;

    explicit Entries(SteadyClock clock) : _clock(std::move(clock)) {}

    template <class Ask> Answer get(const Key& key, Ask&& ask) {
        std::promise<Answer> promise;
        const auto born = _clock();
        std::shared_future<Answer> other;
        {
            const std::lock_guard<std::mutex> lock(_mutex);
            const auto found = _entries.find(key);
            if (found != _entries.end() && born - found->second.born < lifetime)
                other = found->second.answer;
            else
                _entries[key] = {promise.get_future().share(), born};
        }
        if (other.valid())
            return other.get();
        try {
            Answer answer = std::make_shared<const Value>(ask());
            promise.set_value(answer);
            return answer;
        } catch (...) {
            erase(key, born);
            promise.set_exception(std::current_exception());
            throw;
        }
    }

    template <class Condition> void eraseIf(Condition&& condition) {
        const std::lock_guard<std::mutex> lock(_mutex);
        for (auto entry = _entries.begin(); entry != _entries.end();)
            entry = condition(entry->first) ? _entries.erase(entry) : std::next(entry);
    }

private:
    struct Entry {
        std::shared_future<Answer> answer;
        std::chrono::steady_clock::time_point born;
    };

    void erase(const Key& key, std::chrono::steady_clock::time_point born) {
        const std::lock_guard<std::mutex> lock(_mutex);
        const auto found = _entries.find(key);
        if (found != _entries.end() && found->second.born == born)
            _entries.erase(found);
    }

    const SteadyClock _clock;
    std::mutex _mutex;
    std::map<Key, Entry> _entries;
};

MetadataCache::MetadataCache(SteadyClock clock)
    : _screens(std::make_unique<Entries<jira::CreateScreen>>(clock)),
      _people(std::make_unique<Entries<std::optional<jira::User>>>(clock)) {}

MetadataCache::~MetadataCache() = default;

std::shared_ptr<const jira::CreateScreen> MetadataCache::createScreen(const std::string& organisation,
                                                                      jira::Client& client,
                                                                      const std::string& projectId,
                                                                      const std::string& issueTypeId) {
    return _screens->get({organisation, client.system(), projectId, issueTypeId},
                         [&] { return client.createScreen(projectId, issueTypeId); });
}

std::optional<jira::User> MetadataCache::assignable(const std::string& organisation, jira::Client& client,
                                                    const std::string& projectKey,
                                                    const std::string& accountId) {
    return *_people->get({organisation, client.system(), projectKey, "id", accountId}, [&] {
        return unlessRefused([&] { return client.assignableUser(projectKey, accountId); });
    });
}

std::optional<jira::User> MetadataCache::assignableMember(const std::string& organisation,
                                                          jira::Client& client, const std::string& projectKey,
                                                          const std::string& email, const std::string& name) {
    return *_people->get({organisation, client.system(), projectKey, "member", email, name}, [&] {
        return unlessRefused([&] {
            auto user = email.empty() ? std::nullopt : byEmail(client, projectKey, email);
            if (!user && !name.empty())
                user = byName(client, projectKey, name);
            return user;
        });
    });
}

void MetadataCache::dropScreen(const std::string& organisation, const std::string& projectId,
                               const std::string& issueTypeId) {
    _screens->eraseIf([&](const auto& key) {
        return key[0] == organisation && key[2] == projectId && key[3] == issueTypeId;
    });
}

void MetadataCache::drop(const std::string& organisation) {
    const auto isOrganisations = [&](const auto& key) { return key[0] == organisation; };
    _screens->eraseIf(isOrganisations);
    _people->eraseIf(isOrganisations);
}

} // namespace jira_plugin::push
