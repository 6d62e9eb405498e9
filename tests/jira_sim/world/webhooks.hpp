#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace jira_sim {

/// One registration: a dynamic webhook of the app (Cloud) or an administrator's (Data Center).
struct Webhook {
    std::int64_t id = 0;
    std::string cloudId;   ///< of the site
    std::string accountId; ///< who registered it
    std::string url;
    std::vector<std::string> events;
    std::string jql; ///< empty: every issue
    std::vector<std::string> fieldIds, propertyKeys;
    std::int64_t createdMs = 0, updatedMs = 0;
    std::int64_t expiresMs = 0; ///< 0: never
    bool active = true;
    // Of an administrator's webhook alone:
    std::string name;
    std::map<std::string, std::string> configuration; ///< SECRET, EXCLUDE_BODY and what else was sent

    bool isLive(std::int64_t nowMs) const { return active && (expiresMs == 0 || nowMs < expiresMs); }
};

/// The webhooks of all sites. Guarded by the world's mutex.
class Webhooks {
public:
    /// Gives it its number.
    Webhook& add(Webhook webhook);
    Webhook* find(const std::string& cloudId, std::int64_t id);
    bool remove(const std::string& cloudId, std::int64_t id);
    std::vector<Webhook>& all() { return _all; }
    std::vector<Webhook> ofSite(const std::string& cloudId) const;

private:
    std::vector<Webhook> _all;
    std::map<std::string, std::int64_t> _nextId; ///< by site
};

} // namespace jira_sim
