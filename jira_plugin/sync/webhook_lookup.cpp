#include "webhook_lookup.hpp"

#include "webhook_orders.hpp"

#include "connection/encoding.hpp"
#include "connection/sealed_fields.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

// The time of the last delivery is not worth a write to the database for each of them.
constexpr std::int64_t tellEveryMs = 5'000;
constexpr std::size_t mostOpened = 256;
constexpr std::size_t mostCanaries = 16;

} // namespace

std::optional<Addressee> WebhookLookup::byPathToken(const std::string& organisation,
                                                    const std::string& tokenDigest) {
    const auto row = _parts.webhooks.load(organisation);
    const WebhookKeys keys = row ? row->keys : WebhookKeys{};
    // Both are compared, whatever the first says.
    const bool isNew =
        connection::equalInConstantTime(keys.pathDigest, tokenDigest) && !keys.pathDigest.empty();
    const bool isOld = connection::equalInConstantTime(keys.oldPathDigest, tokenDigest) &&
                       !keys.oldPathDigest.empty() && _parts.nowMs() < keys.oldUntilMs;
    if (!isNew && !isOld)
        return std::nullopt;
    Addressee addressee{organisation, row->system, {}};
    if (!row->isSigned)
        return addressee;
    addressee.secrets.push_back(open(organisation, keys.sealedSecret));
    if (!keys.sealedOldSecret.empty() && _parts.nowMs() < keys.oldUntilMs)
        addressee.secrets.push_back(open(organisation, keys.sealedOldSecret));
    return addressee;
}

connection::Secret WebhookLookup::open(const std::string& organisation, const std::string& sealed) {
    const std::string key = organisation + "\n" + sealed;
    {
        const std::lock_guard<std::mutex> lock(_mutex);
        const auto found = _opened.find(key);
        if (found != _opened.end())
            return found->second;
    }
    auto secret = _parts.sealer.open(organisation, connection::webhookSecretField, sealed);
    const std::lock_guard<std::mutex> lock(_mutex);
    if (_opened.size() >= mostOpened)
        _opened.clear();
    _opened[key] = secret;
    return secret;
}

std::vector<Addressee> WebhookLookup::byWebhook(const std::vector<std::string>& webhookIds,
                                                const std::string& siteHost) {
    std::vector<Addressee> all;
    for (const WebhookOwner& owner : _parts.webhooks.owners(webhookIds, siteHost))
        all.push_back({owner.organisation, owner.system, {}});
    return all;
}

void WebhookLookup::heard(const Heard& what) noexcept {
    try {
        const bool isCanary = what.propertyKey == canaryProperty;
        {
            const std::lock_guard<std::mutex> lock(_mutex);
            Ear& ear = _ears[what.organisation];
            ear.news.atMs = std::max(ear.news.atMs, what.atMs);
            if (isCanary && ear.news.canaries.size() < mostCanaries)
                ear.news.canaries.push_back(what);
            const std::int64_t silentMs = what.atMs - ear.toldAtMs;
            if (!isCanary && silentMs >= 0 && silentMs < tellEveryMs)
                return;
            ear.toldAtMs = what.atMs;
        }
        _onHeard(what.organisation);
    } catch (const std::exception&) { // it was stored; the next one is heard again
    }
}

void WebhookLookup::forget(const std::string& organisation) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _ears.erase(organisation);
    for (auto each = _opened.begin(); each != _opened.end();)
        each = each->first.compare(0, organisation.size() + 1, organisation + "\n") == 0 ? _opened.erase(each)
                                                                                         : std::next(each);
}

WebhookLookup::News WebhookLookup::take(const std::string& organisation) {
    const std::lock_guard<std::mutex> lock(_mutex);
    return std::exchange(_ears[organisation].news, {});
}

} // namespace jira_plugin::sync
