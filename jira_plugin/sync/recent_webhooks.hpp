#pragma once

#include "webhook_directory.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace jira_plugin::sync {

/// Remembers for a second whom deliveries of Cloud are for, so that a burst asks the store once. That nobody
/// is is not remembered. Safe from any thread.
class RecentWebhooks : public WebhookDirectory {
public:
    /// webhooks: borrowed. nowMs: any clock that goes on by itself.
    RecentWebhooks(WebhookDirectory& webhooks, std::function<std::int64_t()> nowMs)
        : _webhooks(webhooks), _nowMs(std::move(nowMs)) {}

    std::optional<Addressee> byPathToken(const std::string& organisation,
                                         const std::string& tokenDigest) override {
        return _webhooks.byPathToken(organisation, tokenDigest);
    }
    std::vector<Addressee> byWebhook(const std::vector<std::string>& webhookIds,
                                     const std::string& siteHost) override;
    void heard(const Heard& what) noexcept override { _webhooks.heard(what); }

    /// Webhooks or connections changed.
    void forget();

private:
    struct Known {
        std::vector<Addressee> addressees;
        std::int64_t atMs = 0;
    };
    using Question = std::pair<std::string, std::vector<std::string>>;

    WebhookDirectory& _webhooks;
    const std::function<std::int64_t()> _nowMs;
    std::mutex _mutex;
    std::map<Question, Known> _known;
    std::uint64_t _changes = 0; ///< an answer that was asked for before the last one is not kept
};

} // namespace jira_plugin::sync
