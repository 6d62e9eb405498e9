#pragma once

#include "upkeep_parts.hpp"
#include "webhook_directory.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// The registered webhooks as the route sees them, and the ear for what arrives. One look at the store for
/// each question; secrets stay open in memory once they were asked for. Safe from any thread.
class WebhookLookup : public WebhookDirectory {
public:
    /// onHeard: called with an organisation whose `take` has something to do; quick, must not throw.
    WebhookLookup(UpkeepParts& parts, std::function<void(const std::string& organisation)> onHeard)
        : _parts(parts), _onHeard(std::move(onHeard)) {}

    std::optional<Addressee> byPathToken(const std::string& organisation,
                                         const std::string& tokenDigest) override;
    std::vector<Addressee> byWebhook(const std::vector<std::string>& webhookIds,
                                     const std::string& siteHost) override;
    void heard(const Heard& what) noexcept override;

    /// What was heard since the last time.
    struct News {
        std::int64_t atMs = 0; ///< of the latest; 0: nothing
        std::vector<Heard> canaries;
    };
    News take(const std::string& organisation);
    /// Secrets that are open in memory among it.
    void forget(const std::string& organisation);

private:
    struct Ear {
        News news;
        std::int64_t toldAtMs = 0;
    };
    connection::Secret open(const std::string& organisation, const std::string& sealed);

    UpkeepParts& _parts;
    const std::function<void(const std::string&)> _onHeard;
    std::mutex _mutex;
    std::map<std::string, Ear> _ears;
    std::map<std::string, connection::Secret> _opened; ///< by sealed text
};

} // namespace jira_plugin::sync
